import type { Permissions } from '../model/permission.ts';
import { groupBy } from '../calls/group-by.ts';
import { differences } from '../changes/kinds.ts';
import { isMore } from '../permissions/access-level.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import type { JobFacts, OrganizationFacts, SinceJob, WorkflowFacts } from './facts.ts';
import { jobCells } from './job-cells.ts';
import type { JobCell, JobCells, RunKind } from './job-cells.ts';

/** The workflows of a repository, and what they name by places. */
export type Side = Pick<OrganizationFacts, 'outcomes' | 'sets'> & { readonly workflows: readonly WorkflowFacts[] };

type Change = Omit<SinceJob, 'repository' | 'branch'>;

const NOBODY: JobCells = { kinds: [], at: () => null };
const CALLED = { events: ['workflow_call'], actors: ['repository'] } as const;

/** Takes both sides of a repository and returns what is different, by workflow and job. */
export function workflowChanges(before: Side, after: Side): readonly Change[] {
  const paths = [...new Set([...before.workflows, ...after.workflows].map(({ path }) => path))].sort(byCodeUnit);
  return paths.flatMap((path) => {
    const [old, now] = [before, after].map(({ workflows }) => workflows.find((one) => one.path === path));
    return [
      ...contractChanges(path, contractOf(old, before), contractOf(now, after)),
      ...changesOf(path, { before, after, old, now }),
    ];
  });
}

interface Both {
  readonly before: Side;
  readonly after: Side;
  readonly old: WorkflowFacts | undefined;
  readonly now: WorkflowFacts | undefined;
}

function changesOf(workflow: string, { before, after, old, now }: Both): readonly Change[] {
  const ofFile = (kind: Change['kind'], { events }: WorkflowFacts): readonly Change[] => [
    { kind, workflow, events, actors: ['repository'], permissions: [] },
  ];
  if (now !== undefined && isFailing(now))
    return old === undefined || isFailing(old) ? [] : ofFile('starts-to-fail', now);
  if (old !== undefined && isFailing(old)) return now === undefined ? [] : ofFile('stops-failing', now);
  if (old !== undefined && now !== undefined && isUnread(old) !== isUnread(now)) {
    return ofFile(isUnread(now) ? 'becomes-unknown' : 'becomes-known', now);
  }
  const jobs = [...new Set([...(old?.jobs ?? []), ...(now?.jobs ?? [])].map(({ job }) => job))];
  return jobs.flatMap((job) => {
    const [was, is] = [cellsOf(old?.jobs, job, before), cellsOf(now?.jobs, job, after)];
    return jobChanges(was, is).map((change) => ({ ...change, workflow, job }));
  });
}

function isFailing({ outcome }: WorkflowFacts): boolean {
  return outcome === 'invalid' || outcome === 'startup_failure';
}

function isUnread({ outcome }: WorkflowFacts): boolean {
  return outcome === 'unresolved';
}

function cellsOf(jobs: readonly JobFacts[] | undefined, id: string, { outcomes }: Side): JobCells | null {
  const job = jobs?.find((one) => one.job === id);
  return job === undefined ? null : jobCells(job, outcomes);
}

type JobChange = Omit<Change, 'workflow' | 'job'>;

/** `null`: there is no such job. */
function jobChanges(before: JobCells | null, after: JobCells | null): readonly JobChange[] {
  const [was, is] = [before ?? NOBODY, after ?? NOBODY];
  const kinds = new Map([...was.kinds, ...is.kinds].map((kind) => [JSON.stringify(kind), kind]));
  const found = [...kinds.values()].flatMap((kind) =>
    between(was.at(kind), is.at(kind), before === null ? 'new' : after === null ? 'removed' : null).map((change) => ({
      ...change,
      run: kind,
    })),
  );
  return groupBy(found, ({ kind, permissions }) => JSON.stringify([kind, permissions])).map((same) => ({
    kind: same[0].kind,
    events: distinct(same.map(({ run }) => run.event)),
    actors: actorsOf(same.map(({ run }) => run)),
    permissions: same[0].permissions,
  }));
}

function actorsOf(runs: readonly RunKind[]): Change['actors'] {
  return (['repository', 'fork', 'dependabot'] as const).filter((actor) => runs.some((run) => run.actor === actor));
}

function between(
  before: JobCell | null,
  after: JobCell | null,
  presence: 'new' | 'removed' | null,
): readonly Pick<Change, 'kind' | 'permissions'>[] {
  const changed = differences(before?.permissions ?? {}, after?.permissions ?? {});
  if (presence !== null) return before === null && after === null ? [] : [{ kind: presence, permissions: changed }];
  const [had, has] = [before?.byOutsiders === true, after?.byOutsiders === true];
  if (has && !had) return [{ kind: 'reachable-by-outsiders', permissions: differences({}, after?.permissions ?? {}) }];
  if (had && !has) return [{ kind: 'no-longer-reachable', permissions: differences(before?.permissions ?? {}, {}) }];
  const rises = changed.filter((one) => isMore(one.after, one.before));
  const falls = changed.filter((one) => isMore(one.before, one.after));
  return [
    ...(rises.length === 0 ? [] : [{ kind: 'raised', permissions: rises } as const]),
    ...(falls.length === 0 ? [] : [{ kind: 'lowered', permissions: falls } as const]),
  ];
}

function contractOf(workflow: WorkflowFacts | undefined, { sets }: Side): Permissions | null {
  return workflow?.contract === undefined ? null : (sets[workflow.contract.permissions] ?? {});
}

/** A file that can be called for the first time asks nobody for more than before. */
function contractChanges(workflow: string, before: Permissions | null, after: Permissions | null): readonly Change[] {
  if (before === null || after === null) return [];
  const changed = differences(before, after);
  const rises = changed.filter((one) => isMore(one.after, one.before));
  const falls = changed.filter((one) => isMore(one.before, one.after));
  return [
    ...(rises.length === 0 ? [] : [{ kind: 'contract-raised', workflow, ...CALLED, permissions: rises } as const]),
    ...(falls.length === 0 ? [] : [{ kind: 'contract-lowered', workflow, ...CALLED, permissions: falls } as const]),
  ];
}

function distinct(words: readonly string[]): string[] {
  return [...new Set(words)];
}
