import type { Expr } from '@actions/expressions/ast';
import { ErrorType, ExpressionError } from '@actions/expressions/errors';
import type { FunctionInfo } from '@actions/expressions/funcs/info';
import { Lexer, TokenType } from '@actions/expressions/lexer';
import type { Token } from '@actions/expressions/lexer';
import { Parser } from '@actions/expressions/parser';

/** An expression that was read, or GitHub's sentence about why it cannot be. `null`: there is nothing in it. */
export type ReadExpression = { readonly tree: Expr | null } | { readonly error: string };

/**
 * Reads one expression, without `${{ }}`, with GitHub's own parser. `contexts` are those that may be used at its place,
 * in the grammar's form: `github` for a context, `always(0,0)` for a function with the least and the most arguments.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability
 */
export function readExpression(expression: string, contexts: readonly string[]): ReadExpression {
  const { before } = available(contexts);
  const known = before.get(expression);
  if (known !== undefined) return known;
  const read = readAnew(expression, contexts);
  if (before.size === MOST_KEPT) before.clear();
  if (expression.length <= LONGEST_KEPT) before.set(expression, read);
  return read;
}

/** Short expressions occur again and again: in one file, and in all of a repository's. */
const LONGEST_KEPT = 200;
const MOST_KEPT = 2000;

function readAnew(expression: string, contexts: readonly string[]): ReadExpression {
  const { names, functions } = available(contexts);
  try {
    const tokens = new Lexer(withPlainSpaces(expression)).lex().tokens.map(withWholeText);
    const tree = new Parser(tokens, names, functions).parse() as Expr | undefined;
    const stray = closingAfterComma(tokens);
    if (stray !== undefined) throw new ExpressionError(ErrorType.ErrorUnexpectedSymbol, stray);
    return { tree: tree ?? null };
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    if (thrown.message === 'ErrorExceededMaxLength') return { error: 'Exceeded max expression length 21000' };
    if (!(thrown instanceof ExpressionError)) {
      // The sentence ends with what was read.
      return { error: thrown.message.replace(/(?<= within expression: ).*$/s, () => expression) };
    }
    const place = offsetOf(expression, thrown.pos.line, thrown.pos.column) + 1;
    return { error: `${thrown.message}. Located at position ${place} within expression: ${expression}` };
  }
}

const STRING = /'(?:[^']|'')*'?/;
const OTHER_SPACE = /[\v\f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const STRING_OR_OTHER_SPACE = new RegExp(`${STRING.source}|${OTHER_SPACE.source}`, 'g');

/**
 * GitHub's server skips all that .NET calls white space, such as the no-break space that comes along with what is copied
 * from a page. The package for editors knows the space, the tab and the ends of lines alone.
 *
 * @see https://github.com/actions/runner/blob/main/src/Sdk/Expressions/Tokens/LexicalAnalyzer.cs
 * @see https://learn.microsoft.com/en-us/dotnet/api/system.char.iswhitespace
 */
function withPlainSpaces(expression: string): string {
  if (!OTHER_SPACE.test(expression)) return expression;
  return expression.replaceAll(STRING_OR_OTHER_SPACE, (found) => (found.startsWith("'") ? found : ' '));
}

/** In a string each `''` is a `'`. The package takes the first one alone. */
function withWholeText(token: Token): Token {
  if (token.type !== TokenType.STRING) return token;
  return { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") };
}

/** The package takes `contains(a, b,)`. The server wants something behind each comma. */
function closingAfterComma(tokens: readonly Token[]): Token | undefined {
  return tokens.find(
    ({ type }, index) => type === TokenType.RIGHT_PAREN && tokens[index - 1]?.type === TokenType.COMMA,
  );
}

interface Available {
  /** What was read with these contexts. */
  readonly before: Map<string, ReadExpression>;
  readonly names: string[];
  readonly functions: FunctionInfo[];
}

/** The grammar has a few dozen lists of contexts; each is taken apart once. */
const taken = new WeakMap<readonly string[], Available>();

function available(contexts: readonly string[]): Available {
  const before = taken.get(contexts);
  if (before !== undefined) return before;
  const names: string[] = [];
  const functions: FunctionInfo[] = [];
  for (const context of contexts) {
    const called = /^(\w+)\((\d+),(\d+|MAX)\)$/.exec(context);
    if (called === null) names.push(context);
    else {
      const [, name = '', least, most] = called;
      const maxArgs = most === 'MAX' ? Number.MAX_SAFE_INTEGER : Number(most);
      functions.push({ name, minArgs: Number(least), maxArgs });
    }
  }
  const result = { before: new Map<string, ReadExpression>(), names, functions };
  taken.set(contexts, result);
  return result;
}

/** From the parser's line and column, both counted from 0, to an offset. */
function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let index = 0; index < line; index++) start = text.indexOf('\n', start) + 1;
  return start + column;
}
