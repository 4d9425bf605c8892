import type { StepUse } from '../../model/needs.ts';
import type { CommandCall } from '../commands/command.ts';
import { doubted, opaqueUse } from '../commands/command.ts';
import { commandUse } from '../commands/command-use.ts';
import type { Invocation } from '../scripts/invocation.ts';
import { javaScriptUse } from '../scripts/javascript-use.ts';
import { readable, readableCommand } from '../marked-text.ts';
import type { ScriptSource } from '../scripts/script-use.ts';
import { foundBy } from '../scripts/shell-use.ts';
import type { StepContext } from '../step-context.ts';
import { locationOf } from '../step-context.ts';
import type { Holder } from '../step-token.ts';
import { holderOf, stepEnvironment, withEnvironment } from '../step-token.ts';
import type { Caller } from '../uses.ts';
import { allUses, identityFor, NO_USE, uncertainFor } from '../uses.ts';

/**
 * What a script of `actions/github-script` uses: `github` is a client of the API with the token of its input.
 *
 * @param token The input `github-token` as written; without it, it is the job's token.
 * @see https://github.com/actions/github-script
 */
export function githubScriptUse(script: string, context: StepContext, token?: string): StepUse {
  const { reach } = context;
  const also = reach.tokenExpressions ?? [];
  const holder: Holder = token === undefined ? 'own' : holderOf(withEnvironment(token, reach.env, also));
  const step: Step = { context, holder, depth: 0, line: null };
  return textUse(withEnvironment(script, reach.env, also), step);
}

interface Step {
  readonly context: StepContext;
  readonly holder: Holder;
  readonly depth: number;
  /** The line of the step's script that loads this one; `null` for the step's own. */
  readonly line: number | null;
}

function textUse(text: string, step: Step): StepUse {
  const { context } = step;
  const caller = (line: number, by: string): Caller => ({
    location: locationOf(context.place, step.line ?? line, 1),
    by,
    events: context.events ?? [],
    tolerated: false,
  });
  const read = javaScriptUse(text, { clients: ['github', 'octokit'], caller, repository: context.repository });
  const unread = caller(0, 'actions/github-script');
  if (read === null)
    return step.holder === 'other' ? NO_USE : uncertainFor(unread, 'all', 'the script could not be read');
  const opaque = read.opaque.map(({ what, line }) => opaqueUse(callOf(step, caller(line, what), [what]), what));
  const files = read.files.map(({ path, line, client }) =>
    fileUse(path, client, line, step, caller(line, readable(path))),
  );
  const commands = read.commands.map(({ words, line }) =>
    startedUse(words, step, caller(line, readableCommand(words))),
  );
  const identity = read.identity.map(({ line, always }) => identityFor(caller(line, 'core.getIDToken'), always));
  return allUses([byHolder(allUses(read.uses), step.holder, unread), ...identity, ...opaque, ...files, ...commands]);
}

function byHolder(use: StepUse, holder: Holder, caller: Caller): StepUse {
  switch (holder) {
    case 'own':
      return use;
    case 'other':
    case 'none':
      return NO_USE;
    case 'maybe':
      return doubted(use, caller, 'it may have the job’s token');
  }
}

/** A module of the checkout is read as the script itself is, with the client under the same names. */
function fileUse(path: string, client: boolean, line: number, step: Step, caller: Caller): StepUse {
  const inside = path.replace(/^[\uE000-\uE008]\//, '').replace(/^(\.\/)+/, '');
  const { readFile } = step.context;
  const names = /\.[cm]?js$/.test(inside) ? [inside] : [`${inside}.js`, `${inside}.cjs`, `${inside}/index.js`, inside];
  const text =
    /^(\/|\.\.)/.test(inside) || step.depth >= 5
      ? null
      : names.map((name) => readFile?.(name) ?? null).find((found) => found !== null);
  if (text !== null && text !== undefined)
    return textUse(text, { ...step, depth: step.depth + 1, line: step.line ?? line });
  const what = `the script ${readable(path)}`;
  if (client && step.holder !== 'other') return uncertainFor(caller, 'all', `${what} is handed the client`);
  return opaqueUse(callOf(step, caller, [path]), what);
}

function startedUse(words: readonly string[], step: Step, caller: Caller): StepUse {
  const { context } = step;
  const call = callOf(step, caller, words);
  const source: ScriptSource = {
    text: '',
    language: 'shell',
    environment: call.environment,
    context,
    found: call.found,
    depth: step.depth,
    line: step.line,
  };
  return commandUse(words, {
    invocation: call.invocation,
    environment: call.environment,
    caller,
    source,
    functions: new Set(),
  });
}

/** What the script starts or loads finds the step's environment. The input of github-script, which is there too, is no name that any program looks for. */
function callOf({ context }: Step, caller: Caller, words: readonly string[]): CommandCall {
  const environment = stepEnvironment(context.reach);
  const invocation: Invocation = { words, line: 0, column: 1, env: {}, input: null, writes: [], tolerated: false };
  const [program = '', ...args] = words;
  return { program, args, invocation, environment, caller, context, found: foundBy(context.reach) };
}
