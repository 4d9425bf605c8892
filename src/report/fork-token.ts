import { forkCases, type ForkSettings } from './fork-cases.ts';
import { defaultsIn, findRow, type Rows } from './rows.ts';

/**
 * The most that a pull request from a fork gets of a job: a token that writes, always or under one value of the
 * repository's default only; one that reads; no run; `null` when no pull request starts the workflow.
 */
export type ForkToken = 'write' | 'write-if-default' | 'read' | 'not-run' | null;

/** The events about a pull request, which may come from a fork. */
export const PULL_REQUEST_EVENTS: readonly string[] = [
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_target',
];

/** Takes the rows of a job and what is known of the repository, and returns the most that a fork gets of it. */
export function forkTokenOf({ rows, runs: all }: Rows, settings: ForkSettings): ForkToken {
  const runs = all.filter(({ event }) => PULL_REQUEST_EVENTS.includes(event));
  if (runs.length === 0) return null;
  const [forkCase] = forkCases(settings);
  const tokens = runs.map((run) =>
    defaultsIn(rows, run).map((defaultPermissions) => {
      const given = { defaultPermissions, forkCase };
      // Without a row of its own a fork gets what everybody gets.
      const row =
        findRow(rows, run, { ...given, actor: 'fork' }) ?? findRow(rows, run, { ...given, actor: 'repository' });
      if (row === undefined || row.grant.status === 'not-run') return 'not-run';
      return row.levels.write.length > 0 ? 'write' : 'read';
    }),
  );
  if (tokens.some((values) => values.every((token) => token === 'write'))) return 'write';
  if (tokens.flat().includes('write')) return 'write-if-default';
  return tokens.flat().includes('read') ? 'read' : 'not-run';
}
