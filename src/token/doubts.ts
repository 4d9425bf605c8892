import type { Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { doubtOnServer } from '../permissions/platform.ts';
import type { Run } from './run.ts';
import type { SettingsCase } from './settings-case.ts';
import { isReducedForForks } from './trigger-events.ts';
import { listed } from '../words/in-words.ts';

/** What an outcome rests on, as far as that can be uncertain. */
export interface OutcomeFacts {
  readonly run: Run;
  readonly settings: SettingsCase;
  readonly platform: Platform;
  /** Whether the job has no block, so that the setting decides. */
  readonly isDefault: boolean;
  /** Whether it is the most that a called workflow may ask for, by the setting: no block stands above the call. */
  readonly isMostByDefault: boolean;
  readonly reducedBy: 'fork' | 'dependabot' | null;
  readonly permissions: Permissions;
  /** Whether visibility and fork setting are known, and not just tried. */
  readonly areForkSettingsKnown: boolean;
}

const NONE: readonly string[] = [];

/**
 * The newest permissions of the permissive default. The code that GitHub published does not have them yet, so it does
 * not tell whether a called workflow may ask for them by that default.
 */
const NEWEST: readonly string[] = ['code-quality', 'copilot-requests', 'drives'];

function mayAskFor(permissions: readonly string[]): string {
  const names = listed(
    permissions.map((name) => `'${name}'`),
    'or',
  );
  return `Whether the permissive default lets a called workflow ask for ${names} was not verified.`;
}

/** The doubt about a run whose called workflows ask for these permissions by the permissive default; `null`: none. */
export function doubtAboutAsking(asked: ReadonlySet<string>): string | null {
  const newest = NEWEST.filter((name) => asked.has(name));
  return newest.length === 0 ? null : `${mayAskFor(newest)} If it does not, the run does not start.`;
}

/**
 * Why an outcome is not certain, one sentence each; none when what GitHub publishes and prints leaves no doubt.
 */
export function doubtsOf(facts: OutcomeFacts): readonly string[] {
  const { run, settings, platform, isDefault, reducedBy, permissions } = facts;
  const isPermissive = isDefault && settings.defaultPermissions === 'write';
  const isFork = run.actor === 'fork';
  const doubts: (string | null)[] = [];
  if (platform.kind === 'github.com' && facts.isMostByDefault && settings.defaultPermissions === 'write') {
    doubts.push(mayAskFor(NEWEST));
  }
  if (platform.kind === 'github.com' && isPermissive) {
    doubts.push(
      "Whether 'code-quality', 'copilot-requests' and 'drives' are in the permissive default of every account was not verified.",
    );
    if (reducedBy === 'fork') {
      doubts.push(
        "Whether a fork's pull request gets `models: read` from the permissive default rests on a single log.",
      );
    }
  }
  const added = (platform.newPermissions ?? []).filter(({ name }) => permissions[name] !== undefined);
  if (isPermissive && added.length > 0) {
    const names = listed(added.map(({ name }) => `'${name}'`));
    doubts.push(
      `That the permissive default has ${names}, as the policy's \`scopes\` let us assume, was not verified.`,
    );
  }
  if (isFork && isReducedForForks(run.trigger.event) && permissions['id-token'] === 'write') {
    doubts.push(
      "Whether `id-token: write` reaches a private fork's pull request with write tokens on was not verified.",
    );
  }
  // No other event of a fork starts a run there.
  if (isFork && facts.areForkSettingsKnown && settings.forkPullRequests === 'off') {
    doubts.push("Whether 'pull_request_target' runs for forks where runs of forks are off was not verified.");
  }
  if (run.baseRefCreatedByDependabot && !isDefault && reducedBy === 'dependabot') {
    doubts.push('That GitHub reduces an explicit block on a base branch made by Dependabot rests on its docs alone.');
  }
  if (platform.kind === 'ghes') {
    for (const permission of Object.keys(permissions)) doubts.push(doubtOnServer(platform, permission));
  }
  return doubts.length === 0 ? NONE : [...new Set(doubts.filter((doubt) => doubt !== null))];
}
