import type { ScalarValue } from './plain-scalar.ts';

/** A text with `${{ }}` in it, taken apart; or GitHub's sentence about what is wrong with it. */
export type TemplateText = ScalarValue | { readonly error: string };

const OPEN = '${{';
const STRING_LITERAL = /^'(?:[^']|'')*'$/;

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
  let position = 0;
  while (open >= 0) {
    format += escapeFormat(text.slice(position, open));
    const close = closingBrace(text, open + OPEN.length);
    if (close === undefined) {
      return {
        error:
          'The expression is not closed. An unescaped ${{ sequence was found, but the closing }} sequence was not found.',
      };
    }
    const expression = text.slice(open + OPEN.length, close - 1).trim();
    if (expression === '') return { error: 'An expression was expected' };
    format += `{${expressions.length}}`;
    expressions.push(expression);
    position = close + 1;
    open = text.indexOf(OPEN, position);
  }
  format += escapeFormat(text.slice(position));

  const [only, ...others] = expressions;
  if (only !== undefined && others.length === 0 && format === '{0}') {
    return STRING_LITERAL.test(only)
      ? { type: 'string', text: only.slice(1, -1).replaceAll("''", "'") }
      : { type: 'expression', text: only };
  }
  const directive = expressions.find((expression) => isInsert(expression));
  if (directive !== undefined) {
    return {
      error: `The directive 'insert' is not allowed in this context. Directives are not supported for expressions that are embedded within a string. Directives are only supported when the entire value is an expression.`,
    };
  }
  return { type: 'expression', text: `format('${format}', ${expressions.join(', ')})` };
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
