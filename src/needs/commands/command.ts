import type { StepUse } from '../../model/needs.ts';
import type { Invocation } from '../scripts/invocation.ts';
import { holdsToken } from '../marked-text.ts';
import type { StepContext } from '../step-context.ts';
import type { Caller } from '../uses.ts';
import { allUses, NO_USE, uncertainFor } from '../uses.ts';

/** What earlier commands and steps left. */
export interface Found {
  /** The token stands where every program finds it. */
  stored: boolean;
  /** `gh` is logged in with it, so that every program can ask `gh` for it. */
  ghLogin: boolean;
  /** Git has credentials that are the job's token. */
  git: boolean;
  /** These are for every repository, not for the checkout alone. */
  gitEverywhere: boolean;
  /** Git was told of other credentials as well. */
  otherGit: boolean;
  readonly registries: Set<string>;
  /** Names of remotes with their addresses. */
  readonly remotes: Map<string, string>;
}

/** A command of a script, with all that is known around it. */
export interface CommandCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly invocation: Invocation;
  /** The step's environment with the command's own, values with marks. */
  readonly environment: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly context: StepContext;
  readonly found: Found;
}

/** Whether the program finds the job's token in a variable or where it is stored. */
export function findsToken({ environment, found }: CommandCall): boolean {
  return found.stored || found.ghLogin || Object.values(environment).some(holdsToken);
}

/** Whether the token is among its arguments or what it reads. */
export function isHandedToken({ args, invocation }: CommandCall): boolean {
  return args.some(holdsToken) || (invocation.input !== null && holdsToken(invocation.input));
}

/**
 * What a program may use of which nothing is known: all that it can reach. Every program of a job may ask for its identity
 * token.
 */
export function opaqueUse(call: CommandCall, what: string): StepUse {
  if (findsToken(call) || isHandedToken(call))
    return uncertainFor(call.caller, 'all', `${what} can use the job's token`);
  const { context, found, caller } = call;
  const parts = [
    found.git ? uncertainFor(caller, ['contents'], `${what} can fetch and push with git's stored credentials`) : NO_USE,
    found.registries.size > 0
      ? uncertainFor(caller, ['packages'], `${what} can use the login to the registry`)
      : NO_USE,
    context.reach.identity === true
      ? uncertainFor(caller, ['id-token'], `${what} can ask for an identity token`)
      : NO_USE,
  ];
  return allUses(parts);
}

/** Needs as something that may be needed, where it is not known whose token it is. */
export function doubted(use: StepUse, caller: Caller, because: string): StepUse {
  const names = [...new Set(use.needs.map(({ permission }) => permission))];
  return allUses([
    { ...NO_USE, uncertain: use.uncertain },
    names.length === 0 ? NO_USE : uncertainFor(caller, names, because),
  ]);
}
