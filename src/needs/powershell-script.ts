import type { Invocation, ReadScript } from './invocation.ts';
import { ANYTHING } from './marked-text.ts';

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
      variables.set(name, literal);
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
    return text.replace(
      /\$(?:\{([\w:]+)\}|\(([^)]*)\)|([\w:]+))/g,
      (_, braced?: string, _inner?: string, plain?: string) => {
        const name = braced ?? plain;
        if (name === undefined) return ANYTHING;
        const own = variables.get(name.toLowerCase());
        if (own !== undefined) return own;
        const variable = /^env:(\w+)$/i.exec(name)?.[1];
        return variable === undefined ? ANYTHING : (environment[variable] ?? ANYTHING);
      },
    );
  }
}

interface PowerShellStatement {
  readonly tokens: readonly string[];
  readonly line: number;
  /** It stands behind a `|`. */
  readonly piped: boolean;
}

const TOKEN_PATTERN =
  /@"\r?\n[^]*?\n"@|@'\r?\n[^]*?\n'@|"(?:[^"`]|`[^]|"")*"|'(?:[^']|'')*'|<#[^]*?#>|#[^\n]*|`\r?\n|\r?\n|[;|{}()]|&&|\|\||\$\{[^}]*\}|(?:[^\s;|{}()"'`]|`[^])+(?:"[^"]*")?|[^\S\n]+|["'`]/g;

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
  for (const [token] of script.matchAll(TOKEN_PATTERN)) {
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
