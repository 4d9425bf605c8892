import type { Change } from '../model/change.ts';
import type { JobNeeds } from '../model/needs.ts';
import type { JobOfWorkflow, ReportedWhatIf } from '../model/report.ts';
import type { Settings, WhatIf } from '../model/settings.ts';
import type { CheckedJob } from '../policy/checked-workflow.ts';
import { lackingOf } from '../policy/lacking.ts';
import type { Lacking } from '../policy/lacking.ts';
import { blocksFor } from './blocks.ts';
import { valueIn } from './settings-tried.ts';
import type { Tried, TriedSide } from './tried.ts';

type Lost = ReportedWhatIf['losing'][number];

/** Takes both sides of a comparison and returns who would notice: who loses what is needed, and what does not start. */
export function effectsOf(tried: WhatIf, sides: Tried): ReportedWhatIf {
  const { before, settings, changes } = sides;
  const jobs = before.workflows.flatMap(({ report, jobs: own }) =>
    own.filter(hasRuns).map((checked) => ({ workflow: report.path, job: checked.reported.path, checked })),
  );
  const failing = [...new Set(changes.filter(({ kind }) => kind === 'starts-to-fail').map(({ workflow }) => workflow))];
  const losing = losingJobs(sides, new Set(jobs.map(keyOf)));
  const lost = new Set(losing.map(keyOf));
  const lowered = loweredPermissions(changes);
  const unclear = jobs
    .filter((job) => !lost.has(keyOf(job)) && mayNeed(before.needsOf(job.checked.chained), lowered.get(keyOf(job))))
    .map(({ workflow, job }) => ({ workflow, job }));
  const affected = new Set(changes.map(keyOf));
  const effects = {
    setting: tried.setting,
    value: tried.value,
    before: valueIn(settings.before, tried),
    isAssumed: settings.isAssumed,
    losing,
    unclear,
    failing,
    unaffected: jobs.filter((job) => !failing.includes(job.workflow) && !affected.has(keyOf(job))).length,
  };
  return { ...effects, blocks: tried.setting === 'default-permissions' ? blocksFor(sides, effects) : [] };
}

/** The jobs that ran before, and that lack something now which they did not lack then. */
function losingJobs({ before, after, settings }: Tried, ranBefore: ReadonlySet<string>): readonly Lost[] {
  const lackedBefore = new Set(
    lackingJobs(before, settings.before).flatMap((job) => job.lacking.map((one) => lackingKey(job, one))),
  );
  return lackingJobs(after, settings.after)
    .filter((job) => ranBefore.has(keyOf(job)))
    .flatMap((job): readonly Lost[] => {
      const lost = job.lacking.filter((one) => !lackedBefore.has(lackingKey(job, one)));
      if (lost.length === 0) return [];
      const permissions = lost.map(({ permission, granted, needed }) => ({ permission, granted, needed }));
      return [{ workflow: job.workflow, job: job.job, permissions }];
    });
}

/** What forks or Dependabot alone lacked before may be lost to all now. */
function lackingKey(job: JobOfWorkflow, { permission, isOfOutsiders }: Lacking): string {
  return JSON.stringify([keyOf(job), permission, isOfOutsiders]);
}

/** By job: the permissions of which it gets less. */
function loweredPermissions(changes: readonly Change[]): ReadonlyMap<string, ReadonlySet<string>> {
  const lowered = new Map<string, Set<string>>();
  for (const change of changes) {
    if (change.kind !== 'lowered' && change.kind !== 'no-longer-reachable') continue;
    const permissions = lowered.get(keyOf(change)) ?? new Set();
    lowered.set(keyOf(change), permissions);
    for (const { permission } of change.permissions) permissions.add(permission);
  }
  return lowered;
}

/** What a called workflow gets is decided by those that call it, and told with them. */
function hasRuns({ reported }: CheckedJob): boolean {
  return reported.grants.some(({ events }) => events.some((event) => event !== 'workflow_call'));
}

/** The jobs whose steps use more than they get. */
function lackingJobs(
  { workflows, needsOf }: TriedSide,
  settings: Settings,
): readonly (JobOfWorkflow & { readonly lacking: readonly Lacking[] })[] {
  return workflows.flatMap(({ report, jobs }) =>
    jobs.flatMap((job) => {
      const needs = hasRuns(job) ? needsOf(job.chained) : null;
      const lacking = needs === null ? [] : lackingOf(job, needs, settings);
      return lacking.length === 0 ? [] : [{ workflow: report.path, job: job.reported.path, lacking }];
    }),
  );
}

/** Whether steps that nobody can see into may use one of these permissions. */
function mayNeed(needs: JobNeeds | null, permissions: ReadonlySet<string> | undefined): boolean {
  if (permissions === undefined) return false;
  const open = needs?.open ?? 'all';
  return open === 'all' ? permissions.size > 0 : open.some((permission) => permissions.has(permission));
}

function keyOf({ workflow, job }: { readonly workflow: string; readonly job?: readonly string[] }): string {
  return JSON.stringify([workflow, job ?? null]);
}
