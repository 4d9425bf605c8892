import type { ScalarNode } from './node.ts';

/** A text that may have `${{ }}` in it, taken apart. */
export type TemplateText = Pick<ScalarNode, 'type' | 'text' | 'template' | 'error'>;

const OPEN = '${{';
const STRING_LITERAL = /^'(?:[^']|'')*'$/;

const NOT_CLOSED =
  'The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.';
const INSERT_IN_TEXT =
  "The directive 'insert' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.";

/**
 * Reads a text that may hold `${{ … }}`, as GitHub's template reader does: a text that is entirely one string literal
 * (`${{ 'read' }}`) becomes that literal; several parts become one call of `format`.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/WorkflowParser/ObjectTemplating/TemplateReader.cs
 */
export function templateText(text: string): TemplateText {
  let open = text.indexOf(OPEN);
  if (open < 0) return { type: 'string', text };

  let format = '';
  const expressions: string[] = [];
  const template = { written: text, expressions };
  const wrong = (error: string): TemplateText => ({ type: 'string', text, template, error });
  let position = 0;
  while (open >= 0) {
    format += escapeFormat(text.slice(position, open));
    const close = closingBrace(text, open + OPEN.length);
    if (close === undefined) return wrong(NOT_CLOSED);
    const expression = text.slice(open + OPEN.length, close - 1).trim();
    if (expression === '') return wrong('An expression was expected');
    if (isInsert(expression) && (open > 0 || close + 1 < text.length)) return wrong(INSERT_IN_TEXT);
    format += `{${expressions.length}}`;
    expressions.push(expression);
    position = close + 1;
    open = text.indexOf(OPEN, position);
  }
  format += escapeFormat(text.slice(position));

  const [only, ...others] = expressions;
  if (only === undefined || others.length > 0 || format !== '{0}') {
    return { type: 'expression', text: `format('${format}', ${expressions.join(', ')})`, template };
  }
  return STRING_LITERAL.test(only)
    ? { type: 'string', text: only.slice(1, -1).replaceAll("''", "'") }
    : { type: 'expression', text: only, template };
}

/** Whether an expression is GitHub's directive `insert`. */
export function isInsert(expression: string): boolean {
  return expression === 'insert';
}

/** The place of the second brace that closes an expression, or `undefined`. Braces inside a string do not close. */
function closingBrace(text: string, start: number): number | undefined {
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (character === "'") inString = !inString;
    else if (!inString && character === '}' && text[index - 1] === '}') return index;
  }
  return undefined;
}

function escapeFormat(literal: string): string {
  return literal.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}');
}
