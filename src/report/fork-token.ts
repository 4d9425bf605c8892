import type { ReportedJob } from '../model/report.ts';
import { defaultsOf } from './differences.ts';
import { forkCases, resultOf, tokenInRepository } from './forks.ts';
import type { ForkCase, ForkSettings, Run } from './forks.ts';
import { runsOf } from './outcomes.ts';
import { once } from './words.ts';

/**
 * The most that a pull request from a fork gets of a job: a token that writes, always or under one value of the
 * repository's default only; one that reads; no run; `null` when no pull request starts the workflow.
 */
export type ForkToken = 'write' | 'write-if-default' | 'read' | 'not-run' | null;

/** Takes a job and what is known of the repository, and returns the most that a pull request from a fork gets of it. */
export function forkTokenOf(job: ReportedJob, settings: ForkSettings): ForkToken {
  const runs = once(
    job.grants.flatMap(runsOf).filter((run) => /^pull_request(?:_review|_review_comment|_target)?\b/.test(run)),
  );
  if (runs.length === 0) return null;
  // The first case stands for the others: those that differ are told in the notes on the settings.
  const given = forkCases(settings)[0] ?? null;
  const tokens = runs.map((run) =>
    defaultsOf(job, run).map((value) => tokenOf(job, { run, defaultPermissions: value }, given)),
  );
  if (tokens.some((values) => values.every((token) => token === 'write'))) return 'write';
  if (tokens.flat().includes('write')) return 'write-if-default';
  return tokens.flat().includes('read') ? 'read' : 'not-run';
}

function tokenOf(job: ReportedJob, run: Run, given: ForkCase | null): 'write' | 'read' | 'not-run' {
  const result = resultOf(job, run, 'fork', given);
  const levels = result.kind === 'same' ? tokenInRepository(job, run) : result.kind === 'token' ? result.levels : null;
  if (levels === null) return 'not-run';
  return levels.write.length > 0 ? 'write' : 'read';
}
