import type { Position } from '../model/position.ts';
import type { Problem, ProblemCode } from '../model/problem.ts';
import { readExpression } from './expression.ts';
import { alternatives, definitionOf, propertyOf, START } from './grammar.ts';
import { hintForKey, hintForValue } from './grammar-hints.ts';
import type { Definition, MappingDefinition } from './grammar.ts';
import { literalText } from './node.ts';
import type { MappingNode, Node, ScalarNode } from './node.ts';
import { isInsert } from './template-text.ts';

const NOT_ALLOWED = 'A template expression is not allowed in this context';

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
  const checked = new Map<string, string | null>();

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
      const sequence = alternatives(expected.definition).find((one) => one.sequence)?.sequence;
      if (sequence === undefined) return report('unexpected-sequence', 'A sequence was not expected', node);
      const item = expect(sequence['item-type'], expected.contexts);
      for (const inner of node.items) checkValue(inner, item);
    } else {
      const mappings = alternatives(expected.definition).flatMap((one) => (one.mapping ? [one.mapping] : []));
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

      const type = candidates
        .map((mapping) => propertyOf(mapping, key.text)?.type)
        .find((found) => found !== undefined);
      if (type !== undefined) {
        candidates = candidates.filter((mapping) => propertyOf(mapping, key.text) !== undefined);
        checkValue(value, expect(type, contexts));
      } else if (looseKey !== undefined && looseValue !== undefined) {
        checkScalar({ ...key, type: 'string' }, expect(looseKey, contexts));
        checkValue(value, expect(looseValue, contexts));
      } else if (PERMISSIONS !== undefined && candidates.includes(PERMISSIONS)) {
        unknownPermission(key, value, contexts);
      } else unexpected(key, hintForKey(key.text, candidates));
    }

    const [only, ...others] = candidates;
    if (others.length > 0) report('not-enough-info', notEnoughInfo(candidates), node);
    else if (only?.properties !== undefined && !hasExpressionKey) {
      for (const key of Object.keys(only.properties)) {
        if (propertyOf(only, key)?.required === true && !keys.has(key.toUpperCase())) {
          report('required-missing', `Required property is missing: ${key}`, node);
        }
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
    const all = node.type === 'expression' ? [...expressions, node.text] : expressions;
    const error = all.map((one) => expressionError(one, contexts)).find((found) => found !== null) ?? node.error;
    if (error === undefined) return node;
    report('expression', error, node);
    return { kind: 'scalar', type: 'string', text: written, line: node.line, column: node.column };
  }

  function expressionError(expression: string, contexts: readonly string[]): string | null {
    if (isInsert(expression)) return null;
    const key = `${contexts.join()}\n${expression}`;
    let error = checked.get(key);
    if (error === undefined) {
      const read = readExpression(expression, contexts);
      error = 'error' in read ? read.error : null;
      checked.set(key, error);
    }
    return error;
  }

  checkValue(root, expect(START, []));
  return problems;
}

function expect(type: string, surrounding: readonly string[]): Expected {
  const definition = definitionOf(type);
  if (definition.context === undefined) return { definition, contexts: surrounding };
  if (surrounding.length === 0) return { definition, contexts: definition.context };
  return { definition, contexts: [...new Set([...surrounding, ...definition.context])] };
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
