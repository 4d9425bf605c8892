import type { Invocation } from './scripts/invocation.ts';
import { ANYTHING, DEFAULT_VARIABLES, holdsToken, markedText, OTHER_SECRET } from './marked-text.ts';
import type { TokenReach } from './step-context.ts';

/** Whose token a program finds: the job's, another one, perhaps the job's, or none. */
export type Holder = 'own' | 'other' | 'maybe' | 'none';

/** The environment of a step, values with marks. `${{ env.NAME }}` is another value of it. */
export function stepEnvironment({ env, tokenExpressions = [] }: TokenReach): Readonly<Record<string, string>> {
  if (tokenExpressions.length > 0) return marked(env, tokenExpressions);
  const known = usual.get(env) ?? marked(env, []);
  usual.set(env, known);
  return known;
}

/** Most steps of a job have one environment, and nothing but GitHub's own expressions gives them the token. */
const usual = new WeakMap<TokenReach['env'], Readonly<Record<string, string>>>();

function marked(env: TokenReach['env'], tokenExpressions: readonly string[]): Readonly<Record<string, string>> {
  const all: Record<string, string> = { ...DEFAULT_VARIABLES };
  for (const [name, written] of Object.entries(env)) all[name] = withEnvironment(written, env, tokenExpressions);
  return all;
}

const ENV_EXPRESSION = /\$\{\{\s*env\.(\w+)\s*\}\}/gi;

/** A text as written with marks, `${{ env.NAME }}` by what the environment says. */
export function withEnvironment(
  written: string,
  env: Readonly<Record<string, string>>,
  tokenExpressions: readonly string[],
): string {
  if (!written.includes('${{')) return markedText(written, tokenExpressions);
  const filled = written.replace(ENV_EXPRESSION, (whole, name: string) => {
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    return value === undefined || /\$\{\{\s*env\./.test(value) || value.includes('\n') ? whole : value;
  });
  return markedText(filled, /env/i.test(filled) ? withVariables(env, tokenExpressions) : tokenExpressions);
}

/** In `${{ env.A || env.B }}` either may be what is used. */
function withVariables(env: Readonly<Record<string, string>>, tokenExpressions: readonly string[]): readonly string[] {
  const holding = Object.keys(env).filter((name) => holdsToken(markedText(env[name] ?? '', tokenExpressions)));
  return holding.length === 0 ? tokenExpressions : [...tokenExpressions, ...holding.map((name) => `env.${name}`)];
}

/** Whether the job's token is in the environment of the step under any name. */
export function hasTokenVariable(environment: Readonly<Record<string, string>>): boolean {
  return Object.values(environment).some(holdsToken);
}

/** Whose token a variable holds. */
export function holderOf(value: string | undefined): Holder {
  if (value === undefined || value === '') return 'none';
  if (holdsToken(value)) return 'own';
  if (value.includes(OTHER_SECRET)) return 'other';
  return value.includes(ANYTHING) ? 'maybe' : 'other';
}

/** The first of some variables that is set, as programs look for their token. */
export function tokenFrom(
  names: readonly string[],
  invocation: Invocation,
  environment: Readonly<Record<string, string>>,
): Holder {
  const both = { ...environment, ...invocation.env };
  for (const name of names) {
    const holder = holderOf(Object.hasOwn(both, name) ? both[name] : undefined);
    if (holder !== 'none') return holder;
  }
  return 'none';
}
