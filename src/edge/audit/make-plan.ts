import type { ReadCalledFile } from '../../model/called-file.ts';
import type { WhatIf } from '../../model/settings.ts';
import { didYouMean } from '../../words/nearest-word.ts';
import type { CommandWorld } from '../command-line/command.ts';
import { inQuotes } from '../output/in-quotes.ts';
import type { OptionValues } from '../command-line/option-table.ts';
import { splitRepositoryName } from '../command-line/option-values.ts';
import { today } from '../policy/load-in-force.ts';
import { policyForAll } from '../policy/policy-for-all.ts';
import { toSettings } from '../settings.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import type { WHAT_OPTIONS } from './audit-options.ts';
import { listAll } from './list-all.ts';
import { explained, type AuditServer } from './open-server.ts';
import { shardsFor, split, withoutSkipped, type WholePlan } from './plan.ts';
import { repositoryNames } from './repository-names.ts';

/** What is audited, and how. */
export interface WhatToAudit {
  readonly owner: string | null;
  readonly values: OptionValues<typeof WHAT_OPTIONS>;
  readonly whatIf: WhatIf | undefined;
  /** How many shards are wanted; not given: as many as are useful. */
  readonly shards?: number;
}

const PARTS = ['plan', 'shard', 'merge'] as const;

/** The organization or user that a command names. */
export function ownerIn(words: readonly string[], command: string, namesAreGiven: boolean): string | null {
  const [owner, second] = words;
  if (second !== undefined) {
    const meant = didYouMean(owner ?? '', PARTS);
    const help = meant === '' ? ' Name single repositories in a file: --repositories-from FILE.' : meant;
    throw new ToolError(`${command} takes one owner; ${inQuotes(second)} is one too many.${help}`);
  }
  if (owner === undefined && namesAreGiven) return null;
  if (owner !== undefined && splitRepositoryName(`${owner}/x`) !== null) return owner;
  const repository = owner !== undefined && splitRepositoryName(owner) !== null;
  const help = repository ? ` For single repositories use --repositories-from FILE.` : '';
  throw new ToolError(
    `${command} needs the name of an organization or user: ${command} OWNER${owner === undefined ? '' : `, not ${inQuotes(owner)}`}.${help}`,
  );
}

/**
 * Lists what is to be audited, and splits it.
 *
 * @param read reads the policy for all, where that is a file of a repository.
 * @throws ToolError when it cannot be listed, or the policy for all cannot be had.
 */
export async function makePlan(
  { owner, values, whatIf, shards }: WhatToAudit,
  server: AuditServer,
  read: ReadCalledFile,
  world: Pick<CommandWorld, 'say' | 'progress'>,
): Promise<WholePlan> {
  const {
    repositoriesFrom,
    allBranches = [],
    skip = [],
    failOn = 'error',
    defaultPermissions,
    forkPullRequests,
  } = values;
  const names = repositoriesFrom === undefined ? null : repositoryNames(repositoriesFrom, owner);
  const { platform } = toSettings(values, { repository: null, visibility: null });
  const day = today();
  // A policy that cannot be had judges nobody, so nothing is listed first.
  const policy = values.policy === undefined ? null : await policyForAll(values.policy, { platform, read, today: day });
  const wanted = { defaults: defaultPermissions === undefined, forks: forkPullRequests === undefined };
  const listed = await explained(`The list of the repositories${owner === null ? '' : ` of ${owner}`}`, server, () =>
    listAll(server.api, { owner, names, branches: allBranches, wanted }, world),
  );
  const { kept, skipped } = withoutSkipped(listed.repositories, skip);
  const count = shardsFor(shards, kept.length);
  return {
    schemaVersion: 1,
    tool: TOOL,
    owner: names === null ? owner : null,
    shards: count,
    repositories: split(kept, count),
    skipped,
    audit: {
      server: server.asker.baseUrl,
      today: day,
      options: { failOn, ...(whatIf === undefined ? {} : { whatIf }) },
      platform,
      given: { defaultPermissions: defaultPermissions ?? null, forkPullRequests: forkPullRequests ?? null },
      policy: policy === null || values.policy === undefined ? null : { given: values.policy, text: policy.text },
      settings: listed.settings,
    },
  };
}
