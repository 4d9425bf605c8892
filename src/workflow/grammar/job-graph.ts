import type { Problem } from '../../model/problem.ts';
import type { Node, ScalarNode } from '../node.ts';
import { valueOf } from '../node.ts';

interface WaitingJob {
  readonly id: string;
  readonly needs: readonly ScalarNode[];
}

/**
 * Whether each job can start some day: GitHub refuses a workflow in which every job waits for another one, jobs wait
 * in a circle, or a job waits for one that does not exist.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
 */
export function checkJobGraph(jobs: Node): readonly Problem[] {
  if (jobs.kind !== 'mapping') return [];
  const waiting = jobs.pairs.map(({ key, value }) => ({ id: key.text, needs: needsOf(value) }));
  if (!waiting.some(({ needs }) => needs.length === 0)) {
    const message = 'The workflow must contain at least one job with no dependencies.';
    return [{ code: 'needs', message, line: jobs.line, column: jobs.column }];
  }

  const known = new Set(waiting.map(({ id }) => id.toUpperCase()));
  const startable = startableJobs(waiting);
  return waiting
    .filter(({ id }) => !startable.has(id.toUpperCase()))
    .flatMap(({ id, needs }) =>
      needs
        .filter((need) => !startable.has(need.text.toUpperCase()))
        .map((need) => ({
          code: 'needs' as const,
          message: known.has(need.text.toUpperCase())
            ? `Job '${id}' depends on job '${need.text}' which creates a cycle in the dependency graph.`
            : `Job '${id}' depends on unknown job '${need.text}'.`,
          line: need.line,
          column: need.column,
        })),
    );
}

/** Ids, in upper case since GitHub compares them so, of the jobs whose needs can all be met. */
function startableJobs(jobs: readonly WaitingJob[]): ReadonlySet<string> {
  const neededBy = new Map<string, WaitingJob[]>();
  const missing = new Map<WaitingJob, Set<string>>();
  const startable = new Set<string>();
  const ready: WaitingJob[] = [];
  for (const job of jobs) {
    const needs = new Set(job.needs.map(({ text }) => text.toUpperCase()));
    missing.set(job, needs);
    if (needs.size === 0) ready.push(job);
    for (const need of needs) neededBy.set(need, [...(neededBy.get(need) ?? []), job]);
  }
  for (let job = ready.pop(); job !== undefined; job = ready.pop()) {
    const id = job.id.toUpperCase();
    startable.add(id);
    for (const next of neededBy.get(id) ?? []) {
      const left = missing.get(next);
      left?.delete(id);
      if (left?.size === 0) ready.push(next);
    }
  }
  return startable;
}

function needsOf(job: Node): readonly ScalarNode[] {
  const needs = valueOf(job, 'needs');
  const items = needs?.kind === 'sequence' ? needs.items : needs === undefined ? [] : [needs];
  return items.filter((item) => item.kind === 'scalar');
}
