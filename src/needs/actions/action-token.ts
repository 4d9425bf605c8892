import type { EntryCredential, EntryToken } from './action-table.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf } from './action-step.ts';
import { ANYTHING, givesToken, holdsToken, markedText, OTHER_SECRET } from '../marked-text.ts';
import type { TokenReach } from '../step-context.ts';
import type { Holder } from '../step-token.ts';

const EXPRESSION = /\$\{\{(.*?)\}\}/gs;

/** GitHub's registries; the token is of use in no other. */
const GITHUB_REGISTRY =
  /(^|[/.@])(ghcr\.io|docker\.pkg\.github\.com|containers\.[\w.-]+|\w+\.pkg\.github\.com)(?=[/:]|$)/;

/** Longer than any host with an image behind it. */
const LONGEST_REGISTRY = 500;

export function isGitHubRegistry(registry: string): boolean {
  return GITHUB_REGISTRY.test(registry.slice(0, LONGEST_REGISTRY));
}

/**
 * Whose token a text as written is. `${{ secrets.BOT || github.token }}` is the job's token only where there is no such
 * secret, so it is not known.
 */
export function credentialOf(written: string, reach: TokenReach): Holder {
  const text = withVariables(written.trim(), reach.env);
  if (text === '') return 'none';
  const also = reach.tokenExpressions ?? [];
  let found: Holder = 'none';
  for (const [, expression = ''] of text.matchAll(EXPRESSION)) {
    const holder = expressionHolder(expression, also);
    if (holder === 'own') return 'own';
    if (found === 'none' || holder === 'maybe') found = holder;
  }
  return found === 'none' ? 'other' : found;
}

/** The first operand of `||` counts when it always has a value, as the job's token does. */
function expressionHolder(expression: string, also: readonly string[]): Holder {
  const [first = ''] = expression.split('||');
  if (/^[^=!<>&()]*$/.test(first) && isTokenAlone(first, also)) return 'own';
  if (givesToken(expression, also)) return 'maybe';
  const mark = markedText(`\${{${expression}}}`, also);
  if (holdsToken(mark)) return 'maybe';
  if (mark.includes(OTHER_SECRET)) return 'other';
  return mark.includes(ANYTHING) ? 'maybe' : 'other';
}

function isTokenAlone(expression: string, also: readonly string[]): boolean {
  return givesToken(expression, also) && /^[\w.\s'[\]-]+$/.test(expression);
}

const ENV_EXPRESSION = /\$\{\{\s*env\.(\w+)\s*\}\}/g;

function withVariables(written: string, env: Readonly<Record<string, string>>): string {
  return written.replace(ENV_EXPRESSION, (whole, name: string) =>
    Object.hasOwn(env, name) ? (env[name] ?? '') : whole,
  );
}

/** Whose token an action acts with. What it may read first is not known where an input and a variable differ. */
export function holderFor(token: EntryToken | null, known: KnownStep): Holder {
  if (token === null) return 'none';
  const { reach } = known.context;
  const inputs = token.inputs ?? (token.input === undefined ? [] : [token.input]);
  const variables = token.env ?? [];
  const given = inputs.flatMap((name) => inputOf(known, name) ?? []).map((written) => credentialOf(written, reach));
  const found = variables.flatMap((name) => {
    const written = Object.hasOwn(reach.env, name) ? reach.env[name] : undefined;
    return written === undefined ? [] : credentialOf(written, reach);
  });
  const holders = new Set([...given, ...found].filter((holder) => holder !== 'none'));
  const [only] = holders;
  if (only !== undefined) return holders.size === 1 ? only : 'maybe';
  // `token: ''` is no token, whatever the default is.
  if (given.length > 0) return 'none';
  if (token.default === true) return 'own';
  return variables.length > 0 && reach.stored === true ? 'maybe' : 'none';
}

/** Whether the job's token is behind a credential. */
export function holderOfCredential(credential: EntryCredential, usual: Holder, known: KnownStep): Holder {
  const { reach } = known.context;
  switch (credential) {
    case 'token':
      return usual;
    case 'git':
      return reach.git ? 'own' : 'none';
    case 'registry':
      return reach.registries?.some((name) => isGitHubRegistry(name)) === true ? 'own' : 'none';
    case 'identity':
      return 'own';
  }
  return holderFor(credential, known);
}
