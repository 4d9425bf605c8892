import type { DefaultPermissions } from '../model/settings.ts';
import type { FoldedWorkflow, JobGroup } from './fold.ts';
import { levelsKey, type Levels } from './levels.ts';

/** Lists longer than this are told once for the whole report, and by their length elsewhere. */
const LONG = 6;

/** A long token that the repository's default gives. */
export interface DefaultToken {
  readonly levels: Levels;
  /** The value of the setting, where it is not known. */
  readonly defaultPermissions: DefaultPermissions | null;
  /** It is the most that a called workflow can have which was not read. */
  readonly atMost: boolean;
  /** Why it is not certain, wherever it is given. */
  readonly doubts: readonly string[];
}

/** Takes workflows and returns the long tokens that jobs without a block get, each once, by `levelsKey`. */
export function longDefaults(workflows: readonly FoldedWorkflow[]): ReadonlyMap<string, DefaultToken> {
  const tokens = new Map<string, DefaultToken>();
  for (const { groups } of workflows) {
    for (const { levels, source, atMost, defaultPermissions, doubts } of groups.flatMap(({ outcomes }) => outcomes)) {
      if (source !== 'default' || levels.write.length + levels.read.length <= LONG) continue;
      const key = levelsKey(levels);
      const same = tokens.get(key);
      // A doubt that not all share is told with those that have it.
      const shared = same === undefined ? doubts : doubts.filter((doubt) => same.doubts.includes(doubt));
      tokens.set(key, { levels, defaultPermissions, atMost: atMost && same?.atMost !== false, doubts: shared });
    }
  }
  return tokens;
}

type GroupOutcome = JobGroup['outcomes'][number];

/**
 * Takes jobs with the same token and returns its two values where no block applies to them and the repository's default
 * is not known, so that they can be told in one; otherwise `null`.
 */
export function defaultPair({
  outcomes,
}: JobGroup): { readonly write: GroupOutcome; readonly read: GroupOutcome } | null {
  const [write, read] = outcomes;
  if (outcomes.length !== 2 || write?.defaultPermissions !== 'write' || read?.defaultPermissions !== 'read')
    return null;
  if (write.onlyFor !== null || write.source !== 'default' || read.source !== 'default') return null;
  return write.levels.write.length > 0 && read.levels.write.length === 0 ? { write, read } : null;
}

/** Takes such a token and returns who gets it, in words that its permissions follow. */
export function defaultInWords({ defaultPermissions, atMost }: DefaultToken): string {
  const condition =
    defaultPermissions === null
      ? "By the repository's default"
      : `If the repository's default is ${defaultPermissions}`;
  return `${condition}, ${atMost ? 'the jobs of a called workflow that was not read get at most' : 'a job without a permissions block gets'}`;
}
