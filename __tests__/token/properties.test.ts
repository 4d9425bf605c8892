import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Grant } from '../../src/model/grant.ts';
import type { Report, ReportedJob } from '../../src/model/report.ts';
import type { Settings } from '../../src/model/settings.ts';
import { check } from '../../src/check.ts';
import { bytesOf, PATH } from '../helpers/checking.ts';
import { effective } from '../helpers/naive.ts';
import type { Level, NaiveRun } from '../helpers/naive.ts';
import { tried } from '../helpers/property.ts';
import {
  certainlyNotRun,
  jobText,
  randomSettings,
  randomWorkflow,
  runsUnder,
  workflowText,
} from '../helpers/random-workflow.ts';

function reportOf(text: string, settings: Settings, path = PATH): Report {
  return check([{ path, bytes: bytesOf(text) }], settings, { toolVersion: '1', failOn: 'error' });
}

function jobsOf(text: string, settings: Settings): readonly ReportedJob[] {
  const [workflow] = reportOf(text, settings).workflows;
  expect(workflow?.problems).toEqual([]);
  return workflow!.jobs;
}

/** Whether a row stands for a run. */
function standsFor(grant: Grant, run: NaiveRun): boolean {
  return (
    grant.events.includes(run.event) &&
    (grant.actions === undefined || grant.actions.includes(run.action ?? '')) &&
    grant.actor === run.actor &&
    (grant.baseRefCreatedByDependabot ?? false) === run.baseRefCreatedByDependabot &&
    (grant.defaultPermissions ?? run.policy) === run.policy &&
    (grant.visibility ?? run.visibility) === run.visibility &&
    (grant.forkPullRequests ?? run.forks) === run.forks
  );
}

/** The row for a run: its own, or the one that it would differ from. There must be exactly one. */
function rowFor({ grants }: ReportedJob, run: NaiveRun): Grant {
  const own = grants.filter((grant) => standsFor(grant, run));
  if (own.length === 1) return own[0]!;
  expect({ run, rows: own.length }).toEqual({ run, rows: 0 });
  if (run.baseRefCreatedByDependabot)
    return rowFor({ grants } as ReportedJob, { ...run, baseRefCreatedByDependabot: false });
  expect(run.actor).not.toBe('repository');
  return rowFor({ grants } as ReportedJob, { ...run, actor: 'repository' });
}

const RANK: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/** The permissions of which the first has more than the second. */
function raised(first: Readonly<Record<string, Level>>, second: Readonly<Record<string, Level>>): readonly string[] {
  return Object.keys(first).filter((name) => RANK[first[name] ?? 'none'] > RANK[second[name] ?? 'none']);
}

describe('the rows of a job', () => {
  test('say for each run what the rules say, and none too much', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
        const runs = runsUnder(workflow, settings);
        const jobs = jobsOf(workflowText(workflow), settings);
        for (const [index, job] of workflow.jobs.entries()) {
          const reported = jobs[index]!;
          const used = new Set<Grant>();
          for (const run of runs) {
            const row = rowFor(reported, run);
            if (standsFor(row, run)) used.add(row);
            const isNotRun = certainlyNotRun(workflow, job, run);
            const expected = isNotRun ? {} : effective(job.block ?? workflow.block, run);
            expect({ run, status: row.status, permissions: row.permissions }).toEqual({
              run,
              status: isNotRun ? 'not-run' : 'granted',
              permissions: expected,
            });
          }
          // Every row stands for a run that there can be.
          expect(reported.grants.filter((grant) => !used.has(grant))).toEqual([]);
        }
      }),
      tried(250),
    );
  });

  test('never give more than its block, and a fork never more than the repository', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
        const jobs = jobsOf(workflowText(workflow), settings);
        for (const { declared, grants } of jobs) {
          if (declared === null) continue;
          for (const { permissions } of grants) {
            expect(raised(permissions, { ...declared, metadata: 'read' })).toEqual([]);
          }
        }
        for (const run of runsUnder(workflow, settings)) {
          if (run.actor === 'repository') continue;
          const own = { ...run, actor: 'repository' as const, baseRefCreatedByDependabot: false };
          for (const job of jobs) {
            const other = rowFor(job, own);
            if (other.status === 'granted') expect(raised(rowFor(job, run).permissions, other.permissions)).toEqual([]);
          }
        }
      }),
      tried(150),
    );
  });

  test('do not rise when the workflow gets an empty block', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
        const without = { ...workflow, block: null };
        const before = jobsOf(workflowText(without), settings);
        const after = jobsOf(workflowText({ ...workflow, block: {} }), settings);
        for (const run of runsUnder(workflow, settings)) {
          for (const [index, job] of before.entries()) {
            const [first, second] = [rowFor(job, run), rowFor(after[index]!, run)];
            expect(raised(second.permissions, first.permissions)).toEqual([]);
            expect(second.status).toBe(first.status);
          }
        }
      }),
      tried(100),
    );
  });
});

/** A report without its positions. */
function withoutPositions(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (['line', 'column', 'position'].includes(key) ? undefined : inner)),
  );
}

describe('what does not matter', () => {
  test('the order of the jobs', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, fc.integer({ min: 0, max: 3 }), (workflow, settings, by) => {
        const jobs = [...workflow.jobs.slice(by), ...workflow.jobs.slice(0, by)];
        const before = jobsOf(workflowText(workflow), settings);
        const after = jobsOf(workflowText({ ...workflow, jobs }), settings);
        expect(after.map(({ path }) => path)).toEqual(jobs.map(({ id }) => [id]));
        const sorted = (list: readonly ReportedJob[]) =>
          list.toSorted((a, b) => (a.path.join() < b.path.join() ? -1 : 1));
        expect(withoutPositions(sorted(after))).toEqual(withoutPositions(sorted(before)));
      }),
      tried(80),
    );
  });

  test('comments, empty lines and line ends', () => {
    const noise = fc.constantFrom('\n', '\n\n', ' # a comment\n', '\n# permissions: write-all\n', '\r\n', '\n   \n');
    fc.assert(
      fc.property(
        randomWorkflow,
        randomSettings,
        fc.array(noise, { minLength: 5, maxLength: 9 }),
        (workflow, settings, ends) => {
          const text = workflowText(workflow);
          let line = 0;
          const noisy = text.replaceAll('\n', () => ends[line++ % ends.length]!);
          expect(withoutPositions(reportOf(noisy, settings))).toEqual(withoutPositions(reportOf(text, settings)));
        },
      ),
      tried(80),
    );
  });

  test('in which file a text stands', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
        const text = workflowText(workflow);
        const paths = ['.github/workflows/a.yml', '.github/workflows/b.yaml'];
        const { workflows } = check(
          paths.map((path) => ({ path, bytes: bytesOf(text) })),
          settings,
          { toolVersion: '1', failOn: 'error' },
        );
        const [a, b] = workflows.map((one) => JSON.stringify(one).replaceAll(one.path, 'PATH'));
        expect(a).toBe(b);
        expect(workflows[0]?.jobs).toEqual(reportOf(text, settings, paths[0]).workflows[0]?.jobs);
      }),
      tried(60),
    );
  });

  test('jobs that nobody needs and that need nobody', () => {
    fc.assert(
      fc.property(randomWorkflow, randomSettings, (workflow, settings) => {
        const other = { id: 'other', block: 'write-all' as const, condition: null, needs: [] };
        const text = workflowText(workflow);
        const more = jobsOf(`${text}${jobText(other)}\n`, settings);
        expect(more.slice(0, -1)).toEqual(jobsOf(text, settings));
      }),
      tried(60),
    );
  });
});
