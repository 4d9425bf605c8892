import type { Invocation, ReadScript } from './invocation.ts';
import { ANYTHING } from '../marked-text.ts';
import { bounded, valuesPutIn } from './shell-variables.ts';

/** Words that begin a statement and are no programs. */
const KEYWORDS = new Set([
  ...[
    'if',
    'else',
    'elseif',
    'foreach',
    'for',
    'while',
    'do',
    'until',
    'switch',
    'try',
    'catch',
    'finally',
    'function',
  ],
  ...[
    'return',
    'throw',
    'param',
    'begin',
    'process',
    'end',
    'break',
    'continue',
    'exit',
    'in',
    'using',
    'class',
    'trap',
  ],
]);

/**
 * The programs that a script of PowerShell calls, statement by statement: its pipelines, blocks and assignments are taken
 * apart at their punctuation. `whole` is false when a quote is left open.
 */
export function readPowerShellScript(script: string, environment: Readonly<Record<string, string>>): ReadScript {
  const variables = new Map<string, string>();
  const withValues = valuesPutIn();
  const exported: Record<string, string> = {};
  const functions = new Set([...script.matchAll(/\bfunction\s+(?:\w+:)?([\w-]+)/gi)].map(([, name = '']) => name));
  const invocations: Invocation[] = [];
  const { statements, whole } = statementsOf(script);
  let input: string | null = null;
  for (const { tokens, line, piped } of statements) {
    const values = tokens.map((token) => valueOf(token));
    let words = values;
    if (values[1] === '=' || values[1] === '+=') {
      const name = (tokens[0] ?? '').replace(/^\$/, '').toLowerCase();
      words = values.slice(2);
      const [only = '', ...more] = words;
      const literal = more.length === 0 && /^["'$]/.test(tokens[2] ?? '') ? only : ANYTHING;
      variables.set(name, bounded(literal));
      if (name.startsWith('env:')) exported[(tokens[0] ?? '').slice(5)] = literal;
      if (literal !== ANYTHING || /^["'$@[]/.test(tokens[2] ?? '') || /^\d/.test(only)) continue;
    }
    while (words.length > 0 && (KEYWORDS.has(words[0]?.toLowerCase() ?? '') || words[0] === '&' || words[0] === '.'))
      words = words.slice(1);
    const [first = ''] = words;
    const isText = tokens.length === 1 && /^["']/.test(tokens[0] ?? '');
    const before = piped ? input : null;
    input = isText || /^\$/.test(tokens[0] ?? '') ? (values[0] ?? null) : words.slice(1).join(' ');
    if (
      isText ||
      first === '' ||
      !/^[\w.\\/:@\uE000-]+$/.test(first) ||
      /^[\d.]+$/.test(first) ||
      first.startsWith('@')
    )
      continue;
    if (/^\$/.test(tokens[0] ?? '') && values[1] !== '=') continue;
    invocations.push({ words, line, column: 1, env: { ...exported }, input: before, writes: [], tolerated: false });
  }
  return { invocations, functions, whole };

  function valueOf(token: string): string {
    if (token.startsWith("'")) return token.slice(1, -1);
    const text = token.startsWith('"') ? token.slice(1, -1) : token;
    return withValues(text, VARIABLE, (_, braced, plain) => {
      const name = braced ?? plain;
      if (name === undefined) return ANYTHING;
      const own = variables.get(name.toLowerCase());
      if (own !== undefined) return own;
      const variable = /^env:(\w+)$/i.exec(name)?.[1];
      return variable === undefined ? ANYTHING : (environment[variable] ?? ANYTHING);
    });
  }
}

interface PowerShellStatement {
  readonly tokens: readonly string[];
  readonly line: number;
  /** It stands behind a `|`. */
  readonly piped: boolean;
}

/** What has an end of its own, however far away: texts over several lines, and comments. */
const LONG_TOKENS = [
  { start: /@"\r?\n/y, end: '\n"@' },
  { start: /@'\r?\n/y, end: "\n'@" },
  { start: /<#/y, end: '#>' },
] as const;

const TOKEN_PATTERN =
  /"(?:[^"`]|`[^]|"")*"|'(?:[^']|'')*'|#[^\n]*|`\r?\n|\r?\n|[;|{}()]|&&|\|\||\$\{[^{}]*\}|(?:[^\s;|{}()"'`]|`[^])+(?:"[^"]*")?|[^\S\n]+|["'`]/y;

/** A variable, or what a script in brackets gives. No such script is so long that where it ends matters. */
const VARIABLE = /\$(?:\{([\w:]+)\}|\((?:[^)]{0,1000}\))?|([\w:]+))/g;

/** The tokens of a script. A start whose end is missing once is not looked for again, so that each character is read once. */
function* tokensOf(script: string): Generator<string> {
  const open = new Set<string>();
  let at = 0;
  while (at < script.length) {
    const end = endOfLong(at) ?? endOf(TOKEN_PATTERN, at) ?? at + 1;
    yield script.slice(at, end);
    at = end;
  }

  function endOfLong(from: number): number | null {
    for (const { start, end } of LONG_TOKENS) {
      const begun = open.has(end) ? null : endOf(start, from);
      if (begun === null) continue;
      // The line break in front of the end may be the one behind the start.
      const found = script.indexOf(end, end === '#>' ? begun : begun - 1);
      if (found !== -1) return found + end.length;
      open.add(end);
    }
    return null;
  }

  function endOf(pattern: RegExp, from: number): number | null {
    pattern.lastIndex = from;
    return pattern.test(script) ? pattern.lastIndex : null;
  }
}

function statementsOf(script: string): { statements: readonly PowerShellStatement[]; whole: boolean } {
  const statements: PowerShellStatement[] = [];
  let tokens: string[] = [];
  let line = 0;
  let start = 0;
  let piped = false;
  let whole = true;
  const finish = (pipe: boolean): void => {
    if (tokens.length > 0) statements.push({ tokens, line: start, piped });
    tokens = [];
    piped = pipe;
  };
  for (const token of tokensOf(script)) {
    if (/^["'`]$/.test(token)) whole = false;
    else if (/^(\r?\n|;|&&|\|\||[{}()])$/.test(token)) finish(false);
    else if (token === '|') finish(true);
    else if (!/^([^\S\n]+|#|<#|`\r?\n)/.test(token) || /^@/.test(token)) {
      if (tokens.length === 0) start = line;
      tokens.push(/^@["']/.test(token) ? `"${token.slice(2, -2)}"` : token);
    }
    line += token.split('\n').length - 1;
  }
  finish(false);
  return { statements, whole };
}
