import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Job } from '../../src/model/workflow.ts';
import { evaluateCondition } from '../../src/token/condition.ts';
import { notRunJobs } from '../../src/token/not-run.ts';
import { runContext } from '../../src/token/run-context.ts';
import { readExpression } from '../../src/workflow/expression.ts';
import { concreteRun } from '../helpers/concrete-run.ts';
import type { ConcreteRun } from '../helpers/concrete-run.ts';
import { CONDITION_CONTEXTS, evaluateInRun } from '../helpers/evaluate-in-run.ts';
import type { Status } from '../helpers/evaluate-in-run.ts';
import { condition } from '../helpers/expressions.ts';
import { tried } from '../helpers/property.ts';

const statusOfRun: fc.Arbitrary<Status> = fc.record({
  success: fc.boolean(),
  failure: fc.boolean(),
  cancelled: fc.boolean(),
});

/** Half of the time nobody has told the repository's name. */
function contextOf({ run, repository, visibility }: ConcreteRun, isNamed: boolean) {
  return runContext(run, isNamed ? repository : null, visibility);
}

test('what is certain about a condition holds in every run that there can be', () => {
  let certain = 0;
  let all = 0;
  fc.assert(
    fc.property(condition, concreteRun, statusOfRun, fc.boolean(), (expression, concrete, happened, isNamed) => {
      const read = readExpression(expression, CONDITION_CONTEXTS);
      if ('error' in read || read.tree === null) return;
      const answer = evaluateCondition(read.tree, {
        contexts: contextOf(concrete, isNamed),
        status: { always: true, success: 'unknown', failure: 'unknown', cancelled: 'unknown' },
      });
      const inTheRun = evaluateInRun(expression, concrete.contexts, happened);
      all += 1;
      if (answer === 'unknown' || inTheRun === 'error') return;
      certain += 1;
      expect({ expression, answer }).toEqual({ expression, answer: inTheRun });
    }),
    tried(4000),
  );
  // Knowing nothing would be true, too.
  expect(certain / all).toBeGreaterThan(0.25);
});

/** A job and what becomes of it when it runs. */
interface SimulatedJob {
  readonly job: Job;
  readonly result: 'success' | 'failure';
}

const ID = ['a', 'b', 'c', 'd', 'e'];

const simulatedJobs: fc.Arbitrary<readonly SimulatedJob[]> = fc
  .array(
    fc.record({
      condition: fc.option(condition, { nil: null }),
      needs: fc.subarray([0, 1, 2, 3]),
      isUpperCase: fc.boolean(),
      result: fc.constantFrom('success' as const, 'success' as const, 'failure' as const),
    }),
    { minLength: 2, maxLength: ID.length },
  )
  .map((jobs) =>
    jobs.map(({ condition: written, needs, isUpperCase, result }, index) => ({
      result,
      job: {
        id: ID[index]!,
        position: { line: index + 1, column: 1 },
        name: null,
        permissions: null,
        needs: needs.filter((need) => need < index).map((need) => (isUpperCase ? ID[need]!.toUpperCase() : ID[need]!)),
        condition: written,
        uses: null,
        environment: null,
        env: [],
        steps: [],
        runsOn: [],
      },
    })),
  );

const ASKS_FOR_STATUS = /\b(?:success|failure|cancelled|always)\s*\(/i;

/**
 * Lets a run happen as GitHub describes it, and says which jobs ran. `success()` and `failure()` look at the jobs that are
 * needed, and at those that these need.
 */
function jobsThatRan(
  jobs: readonly SimulatedJob[],
  contexts: ConcreteRun['contexts'],
  isCancelled: boolean,
): ReadonlySet<Job> {
  const results = new Map<string, string>();
  const ancestors = new Map<string, ReadonlySet<string>>();
  const ran = new Set<Job>();
  for (const { job, result } of jobs) {
    const needed = job.needs.map((id) => id.toLowerCase());
    const above = new Set([...needed, ...needed.flatMap((id) => [...(ancestors.get(id) ?? [])])]);
    ancestors.set(job.id, above);
    const lookedAt = [...above].map((id) => results.get(id));
    const status = {
      success: !isCancelled && lookedAt.every((one) => one === 'success'),
      failure: !isCancelled && lookedAt.includes('failure'),
      cancelled: isCancelled,
    };
    const needs = Object.fromEntries(needed.map((id) => [id, { result: results.get(id), outputs: {} }]));
    const isMet = job.condition === null ? true : evaluateInRun(job.condition, { ...contexts, needs }, status);
    const asks = job.condition !== null && ASKS_FOR_STATUS.test(job.condition);
    const runs = isMet === true && (asks || status.success);
    if (runs) ran.add(job);
    results.set(job.id, runs ? result : 'skipped');
  }
  return ran;
}

test('a job that certainly does not run never runs', () => {
  let stopped = 0;
  const runs = tried(1500);
  fc.assert(
    fc.property(simulatedJobs, concreteRun, fc.boolean(), fc.boolean(), (jobs, concrete, isNamed, isCancelled) => {
      const workflow = {
        name: null,
        permissions: null,
        env: [],
        ignoreComments: [],
        call: null,
        position: { line: 1, column: 1 },
        onPosition: { line: 1, column: 1 },
        triggers: [concrete.run.trigger],
        jobs: jobs.map(({ job }) => job),
      };
      const { isNotRun } = notRunJobs(workflow, isNamed ? concrete.repository : null, null);
      const settings = {
        visibility: concrete.visibility,
        defaultPermissions: 'read',
        forkPullRequests: null,
      } as const;
      const notRun = workflow.jobs.filter((job) => isNotRun(job, concrete.run, settings));
      stopped += notRun.length;
      const ran = jobsThatRan(jobs, concrete.contexts, isCancelled);
      expect(notRun.filter((job) => ran.has(job)).map(({ id }) => id)).toEqual([]);
    }),
    runs,
  );
  expect(stopped).toBeGreaterThan(runs.numRuns / 3);
});
