import type { Position } from '../../model/position.ts';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import { readExpression } from '../expression.ts';
import { alternatives, collectionsIn, definitionOf, requiredProperties, START, typeOfProperty } from './grammar.ts';
import { hintForKey, hintForValue } from './grammar-hints.ts';
import type { Definition, MappingDefinition } from './grammar.ts';
import { literalText } from '../node.ts';
import type { MappingNode, Node, ScalarNode } from '../node.ts';
import { isInsert } from '../template-text.ts';

const NOT_ALLOWED = 'A template expression is not allowed in this context';

const NOTHING: readonly string[] = [];

/** Which permissions there are is for the table of permissions to say: the grammar's list may be older. */
const PERMISSIONS = definitionOf('permissions-mapping').mapping;

/** A definition and the contexts that expressions may use there: its own and those of what surrounds it. */
interface Expected {
  readonly definition: Definition;
  readonly contexts: readonly string[];
}

/**
 * Checks a whole workflow file against GitHub's grammar and returns what GitHub says about it, in its words and at its
 * places. An empty list means that the file follows the grammar.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/ObjectTemplating/TemplateReader.cs
 */
export function checkGrammar(root: Node): readonly Problem[] {
  const problems: Problem[] = [];

  function report(code: ProblemCode, message: string, { line, column }: Position, hint?: string | null): void {
    problems.push({ code, message, line, column, ...(hint === undefined || hint === null ? {} : { hint }) });
  }

  /** GitHub's sentence for a key or a value that it does not know; ours says what could stand there. */
  function unexpected({ text, line, column }: ScalarNode, hint: string | null) {
    const message = `Unexpected value '${text}'`;
    problems.push({
      code: 'unexpected-value',
      value: text,
      message,
      line,
      column,
      ...(hint === null ? {} : { hint }),
    });
  }

  /** GitHub does not look at the level of a permission that it does not know. */
  function unknownPermission({ text, line, column }: ScalarNode, value: Node, contexts: readonly string[]) {
    const before = problems.length;
    checkValue(value, expect('permission-level-any', contexts));
    const inside = problems.splice(before);
    const level = inside.length === 0 ? literalText(value) : undefined;
    problems.push({
      code: 'unknown-permission',
      value: text,
      message: `Unexpected value '${text}'`,
      line,
      column,
      ifKnown: {
        problems: inside,
        level: level === undefined ? null : { text: level, line: value.line, column: value.column },
      },
    });
  }

  function checkValue(node: Node, expected: Expected): void {
    if (node.kind === 'scalar') checkScalar(node, expected);
    else if (node.kind === 'sequence') {
      const { item } = collectionsIn(expected.definition);
      if (item === undefined) return report('unexpected-sequence', 'A sequence was not expected', node);
      const inner = expect(item, expected.contexts);
      for (const each of node.items) checkValue(each, inner);
    } else {
      const { mappings } = collectionsIn(expected.definition);
      if (mappings.length === 0) return report('unexpected-mapping', 'A mapping was not expected', node);
      checkMapping(node, mappings, expected.contexts);
    }
  }

  function checkMapping(node: MappingNode, mappings: readonly MappingDefinition[], contexts: readonly string[]): void {
    let candidates = mappings;
    const looseKey = mappings[0]?.['loose-key-type'];
    const looseValue = mappings[0]?.['loose-value-type'];
    const onlyLoose = mappings.length === 1 && looseKey !== undefined && mappings[0]?.properties === undefined;
    const keys = new Set<string>();
    let hasExpressionKey = false;

    for (const { key: written, value } of node.pairs) {
      const key = readable(written, contexts);
      if (key.type === 'expression') {
        hasExpressionKey = true;
        if (contexts.length === 0) report('expression', NOT_ALLOWED, key);
        else checkValue(value, expect(onlyLoose && looseValue !== undefined ? looseValue : 'any', contexts));
        continue;
      }
      const upperKey = key.text.toUpperCase();
      if (keys.has(upperKey)) {
        report('already-defined', `'${key.text}' is already defined`, key);
        continue;
      }
      keys.add(upperKey);

      const fitting = candidates.filter((mapping) => typeOfProperty(mapping, key.text) !== undefined);
      const type = fitting[0] && typeOfProperty(fitting[0], key.text);
      if (type !== undefined) {
        candidates = fitting;
        checkValue(value, expect(type, contexts));
      } else if (looseKey !== undefined && looseValue !== undefined) {
        checkScalar({ ...key, type: 'string' }, expect(looseKey, contexts));
        checkValue(value, expect(looseValue, contexts));
      } else if (PERMISSIONS !== undefined && candidates.includes(PERMISSIONS)) {
        unknownPermission(key, value, contexts);
      } else unexpected(key, hintForKey(key.text, candidates, mappings, keysBefore(node, key)));
    }

    const [only, ...others] = candidates;
    if (others.length > 0) report('not-enough-info', notEnoughInfo(candidates), node);
    else if (only?.properties !== undefined && !hasExpressionKey) {
      for (const key of requiredProperties(only)) {
        if (!keys.has(key.toUpperCase())) report('required-missing', `Required property is missing: ${key}`, node);
      }
    }
  }

  function checkScalar(written: ScalarNode, { definition, contexts }: Expected): void {
    const node = readable(written, contexts);
    if (node.type === 'expression') {
      if (isInsert(node.text)) unexpected({ ...node, text: '${{ insert }}' }, null);
      else if (contexts.length === 0) report('expression', NOT_ALLOWED, node);
      return;
    }
    const matches = alternatives(definition).some((one) => matchesScalar(one, node) || matchesText(one, node.text));
    if (!matches) unexpected(node, hintForValue(node.text, definition));
  }

  /**
   * Says what is wrong with the first expression of a scalar that cannot be read. GitHub then goes on with the scalar
   * as if it were a plain text, so its text often is an unexpected value, too.
   */
  function readable(node: ScalarNode, contexts: readonly string[]): ScalarNode {
    if (node.template === undefined) return node;
    const { written, expressions } = node.template;
    const isTold = node.type !== 'expression' || isReadableTogether(expressions, node.text);
    const all = isTold ? expressions : [...expressions, node.text];
    const error = all.map((one) => expressionError(one, contexts)).find((found) => found !== null) ?? node.error;
    if (error === undefined) return node;
    report('expression', error, node);
    return { kind: 'scalar', type: 'string', text: written, line: node.line, column: node.column };
  }

  function expressionError(expression: string, contexts: readonly string[]): string | null {
    if (isInsert(expression)) return null;
    const read = readExpression(expression, contexts);
    return 'error' in read ? read.error : null;
  }

  checkValue(root, expect(START, NOTHING));
  return problems;
}

/**
 * Whether a call of `format` can surely be read when its arguments can. Their depth and number and the length of the whole
 * are far below the limits of GitHub's parser: 50, 255 and 21,000. Nothing is deeper than it has such characters.
 */
function isReadableTogether(expressions: readonly string[], text: string): boolean {
  const isFlat = (expression: string) => expression.length < 40 || expression.split(/[.[(!&|]/).length < 40;
  return expressions.length < 100 && text.length < 20_000 && expressions.every(isFlat);
}

/** The keys of a mapping that stand before one of them. */
function keysBefore({ pairs }: MappingNode, before: Position): readonly string[] {
  const end = pairs.findIndex(({ key }) => key.line === before.line && key.column === before.column);
  return pairs.slice(0, end).map(({ key }) => key.text);
}

/** The same for the same type and surroundings, so that each list of contexts is there once. */
function expect(type: string, surrounding: readonly string[]): Expected {
  const within = expected.get(surrounding) ?? new Map<string, Expected>();
  expected.set(surrounding, within);
  let found = within.get(type);
  if (found === undefined) {
    const definition = definitionOf(type);
    found = { definition, contexts: contextsOf(definition, surrounding) };
    within.set(type, found);
  }
  return found;
}

const expected = new WeakMap<readonly string[], Map<string, Expected>>();

function contextsOf({ context }: Definition, surrounding: readonly string[]): readonly string[] {
  if (context === undefined) return surrounding;
  return surrounding.length === 0 ? context : [...new Set([...surrounding, ...context])];
}

function matchesScalar(definition: Definition, node: ScalarNode): boolean {
  if (node.type === 'null') return definition.null !== undefined;
  if (node.type === 'boolean') return definition.boolean !== undefined;
  if (node.type === 'number') return definition.number !== undefined;
  return false;
}

/** GitHub tries a scalar of another type as a text, too: `name: 1` is fine. */
function matchesText(definition: Definition, text: string): boolean {
  if (definition['allowed-values'] !== undefined) return definition['allowed-values'].includes(text);
  if (definition.string === undefined) return false;
  const { constant } = definition.string;
  if (constant !== undefined) return constant === text;
  return definition.string['require-non-empty'] !== true || text !== '';
}

/** GitHub's sentence for a mapping that fits several definitions: it names the keys that only one of them has. */
function notEnoughInfo(mappings: readonly MappingDefinition[]): string {
  const keys = mappings.flatMap((mapping) => Object.keys(mapping.properties ?? {}));
  const distinct = keys.filter((key, index) => keys.indexOf(key) === index && keys.lastIndexOf(key) === index);
  return `There's not enough info to determine what you meant. Add one of these properties: ${distinct.sort().join(', ')}`;
}
