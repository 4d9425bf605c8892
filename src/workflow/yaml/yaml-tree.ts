import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Node as YamlNode, ParsedNode, YAMLError } from 'yaml';
import type { Position } from '../../model/position.ts';
import type { Problem } from '../../model/problem.ts';
import type { Comment } from '../comments.ts';
import { commentsIn } from './comments-in.ts';
import { withLineFeeds } from './line-feeds.ts';
import { lineMap } from './line-map.ts';
import type { LineMap } from './line-map.ts';
import type { MappingNode, Node, ScalarNode } from '../node.ts';
import { CORE_TAGS, plainScalar } from './plain-scalar.ts';
import { indentQuotedLines } from './quoted-lines.ts';
import type { IndentedText } from './quoted-lines.ts';
import { templateText } from '../template-text.ts';
import type { TemplateText } from '../template-text.ts';
import { yamlDocument } from './yaml-document.ts';
import type { YamlDocument } from './yaml-document.ts';
import { limitExceeded, MAX_DEPTH, MAX_NODES, TOO_DEEP, TOO_MANY_NODES } from './yaml-limits.ts';

/** A YAML file as plain nodes. `root` is `null` when it holds nothing or cannot be read at all. */
export interface YamlTree {
  readonly root: Node | null;
  readonly problems: readonly Problem[];
  /** The comments of the text, in their order. */
  readonly comments: () => readonly Comment[];
}

const START: Position = { line: 1, column: 1 };

/** Quoted scalars with too little indentation that are mended in one file, at most; each time the text is read again. */
const MOST_MENDED = 100;
const MOST_READ_AGAIN = 1024 * 1024;

/**
 * Parses a text as GitHub parses a workflow file: YAML 1.2 core schema, one document, no merge keys, aliases replayed,
 * duplicate keys left to the grammar. Never throws; what is wrong is in `problems`.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/Conversion/YamlObjectReader.cs
 */
export function yamlTree(written: string): YamlTree {
  const text = withLineFeeds(written);
  return { ...treeOf(text), comments: () => commentsIn(text) };
}

function treeOf(text: string): Omit<YamlTree, 'comments'> {
  const limit = limitExceeded(text);
  if (limit !== null) return failed(limit, START);

  const { parsed, source } = parse(text);
  const lines = lineMap(source.text, source.inserted);
  if ('error' in parsed) return { root: null, problems: [syntaxProblem(parsed.error, lines)] };
  const { contents } = parsed.document;
  if (contents === null) return { root: null, problems: [] };

  const problems: Problem[] = [];
  try {
    return { root: convert(contents, source.text, lines, problems), problems };
  } catch (thrown) {
    if (thrown instanceof LimitExceeded) return failed(thrown.message, thrown.position);
    throw thrown;
  }
}

function parse(text: string): { parsed: YamlDocument; source: IndentedText } {
  let source: IndentedText = { text, inserted: new Map() };
  let parsed = yamlDocument(text);
  const most = Math.min(MOST_MENDED, MOST_READ_AGAIN / text.length);
  for (let mended = 0; mended < most && 'error' in parsed; mended++) {
    const { code, message, pos } = parsed.error;
    const isUnclosed = code === 'MISSING_CHAR' && message.endsWith('quote');
    const indented = isUnclosed ? indentQuotedLines(source, pos[0]) : null;
    if (indented === null) break;
    source = indented;
    parsed = yamlDocument(source.text);
  }
  return { parsed, source };
}

function syntaxProblem(error: YAMLError, lines: LineMap): Problem {
  const position = lines.position(error.pos[0]);
  if (error.code === 'RESOURCE_EXHAUSTION') return { code: 'yaml-limit', message: TOO_DEEP, ...position };
  if (error.code === 'MULTIPLE_DOCS') {
    return {
      code: 'yaml-syntax',
      message: 'Expected stream end parse event',
      hint: 'A workflow file holds one YAML document; remove what follows the second `---`.',
      ...position,
    };
  }
  return {
    code: 'yaml-syntax',
    message: `You have an error in your yaml syntax on line ${position.line}`,
    hint: `${error.message}.`,
    ...position,
  };
}

function failed(message: string, position: Position): Omit<YamlTree, 'comments'> {
  return { root: null, problems: [{ code: 'yaml-limit', message, ...position }] };
}

class LimitExceeded extends Error {
  readonly position: Position;
  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** Where a node begins: GitHub counts its anchor and its tag to it, `yaml` does not. */
function startOf(yaml: YamlNode, offset: number, text: string): number {
  if (isAlias(yaml)) return offset;
  const anchor = yaml.anchor === undefined ? offset : text.lastIndexOf(`&${yaml.anchor}`, offset);
  let tag = yaml.tag === undefined ? offset : text.lastIndexOf('!', offset - 1);
  while (text[tag - 1] === '!') tag--;
  return Math.min(anchor, tag);
}

/** What an anchor marks; `null` while the collection that it marks is still being read. */
type Anchored = { readonly node: Node; readonly events: number; readonly height: number } | null;

function convert(contents: ParsedNode, text: string, lines: LineMap, problems: Problem[]): Node {
  const anchors = new Map<string, Anchored>();
  // The start and the end of the stream and of the document are events too.
  let events = 4;
  let deepest = 0;

  const count = (added: number, position: Position) => {
    events += added;
    if (events > MAX_NODES) throw new LimitExceeded(TOO_MANY_NODES, position);
  };
  const descend = (depth: number, position: Position) => {
    deepest = Math.max(deepest, depth);
    if (depth > MAX_DEPTH) throw new LimitExceeded(TOO_DEEP, position);
  };
  const problem = (code: Problem['code'], message: string, position: Position, hint?: string) => {
    problems.push({ code, message, ...position, ...(hint === undefined ? {} : { hint }) });
  };

  function read(yaml: YamlNode | null, fallback: Position, depth: number): Node {
    const position = yaml?.range ? lines.position(startOf(yaml, yaml.range[0], text)) : fallback;
    if (isAlias(yaml)) return readAlias(yaml.source, position, depth);
    const anchor = isScalar(yaml) || isMap(yaml) || isSeq(yaml) ? yaml.anchor : undefined;
    if (anchor === undefined) return readPlain(yaml, position, depth);

    anchors.set(anchor, null);
    const eventsBefore = events;
    const deepestBefore = deepest;
    deepest = depth;
    const node = readPlain(yaml, position, depth);
    anchors.set(anchor, { node, events: events - eventsBefore, height: deepest - depth });
    deepest = Math.max(deepest, deepestBefore);
    return node;
  }

  function readAlias(name: string, position: Position, depth: number): Node {
    const anchored = anchors.get(name);
    if (anchored === undefined) {
      problem('yaml-syntax', `Unknown anchor '${name}'`, position, `Define it before with \`&${name}\`.`);
      return { kind: 'scalar', type: 'null', text: '', ...position };
    }
    // An alias inside of what it stands for never ends: GitHub stops at the depth limit.
    if (anchored === null) throw new LimitExceeded(TOO_DEEP, position);
    count(anchored.events, position);
    descend(depth + anchored.height, position);
    return anchored.node;
  }

  function readPlain(yaml: YamlNode | null, position: Position, depth: number): Node {
    if (isMap<YamlNode, YamlNode | null>(yaml)) {
      count(2, position);
      descend(depth + 1, position);
      const pairs: { key: ScalarNode; value: Node }[] = [];
      for (const item of yaml.items) {
        const key = read(item.key, position, depth + 1);
        const value = read(item.value, afterColon(item.key, position), depth + 1);
        if (key.kind === 'scalar') pairs.push({ key, value: atColon(value, item.key, item.value) });
        else problem('yaml-syntax', 'Expected mapping end', key, 'A key must be a single word.');
      }
      return { kind: 'mapping', pairs, ...position } satisfies MappingNode;
    }
    if (isSeq<YamlNode | null>(yaml)) {
      count(2, position);
      descend(depth + 1, position);
      const items = yaml.items.map((item) => read(item, position, depth + 1));
      return { kind: 'sequence', items, ...position };
    }
    count(1, position);
    return { kind: 'scalar', ...scalarValue(yaml, position), ...position };
  }

  function scalarValue(yaml: YamlNode | null, position: Position): TemplateText {
    if (!isScalar(yaml)) return { type: 'null', text: '' };
    const written = typeof yaml.value === 'string' ? yaml.value : '';
    const plain = yaml.type === Scalar.PLAIN;
    if (yaml.tag !== undefined) {
      const type = CORE_TAGS.get(yaml.tag);
      const typed = plainScalar(written);
      if (type === undefined) {
        problem('yaml-syntax', `Unexpected tag '${yaml.tag}'`, position, 'Remove the tag.');
      } else if (type !== 'string' && !plain) {
        problem('yaml-syntax', `A quoted or block scalar is not valid with the tag '${yaml.tag}'`, position);
      } else if (type !== 'string' && typed.type !== type) {
        problem('yaml-syntax', `The value '${written}' is invalid for the type '${yaml.tag}'`, position);
      } else if (type !== 'string') return typed;
    } else if (plain) {
      const typed = plainScalar(written);
      if (typed.type !== 'string') return typed;
    }
    return templateText(written);
  }

  /** Where a value stands that is not there: behind the colon, as in GitHub's messages. */
  function afterColon(key: YamlNode | null, fallback: Position): Position {
    const end = key?.range?.[1];
    if (end === undefined) return fallback;
    const colon = /\s*:/y;
    colon.lastIndex = end;
    return lines.position(colon.test(text) ? colon.lastIndex : end);
  }

  function atColon(value: Node, key: YamlNode | null, yaml: YamlNode | null): Node {
    const isEmpty = isScalar(yaml) && yaml.type === Scalar.PLAIN && yaml.value === '';
    const isBare = isEmpty && yaml.anchor === undefined && yaml.tag === undefined;
    return isBare && value.kind === 'scalar' ? { ...value, ...afterColon(key, value) } : value;
  }

  return read(contents, START, 0);
}
