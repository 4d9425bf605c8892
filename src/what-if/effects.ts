import type { ReportedJob, ReportedWhatIf } from '../model/report.ts';
import type { Settings, WhatIf } from '../model/settings.ts';
import type { NeedsOf } from '../needs/prepare-needs.ts';
import type { CheckedJob } from '../policy/checked-workflow.ts';
import { lackingOf } from '../policy/lacking.ts';
import { blocksFor } from './blocks.ts';
import { valueIn } from './settings-tried.ts';
import type { Tried, TriedSide } from './tried.ts';

type Lost = ReportedWhatIf['losing'][number];

/** Takes both sides of a comparison and returns who would notice: who loses what is needed, and what does not start. */
export function effectsOf(tried: WhatIf, sides: Tried): ReportedWhatIf {
  const { before, after, settings, changes } = sides;
  const failing = [...new Set(changes.filter(({ kind }) => kind === 'starts-to-fail').map(({ workflow }) => workflow))];
  const lackedBefore = new Set(
    losses(before, settings.before).map((lost) => JSON.stringify([keyOf(lost), names(lost)])),
  );
  const losing = losses(after, settings.after).filter(
    (lost) => !failing.includes(lost.workflow) && !lackedBefore.has(JSON.stringify([keyOf(lost), names(lost)])),
  );
  const lowered = new Map<string, Set<string>>();
  for (const change of changes) {
    if (change.kind !== 'lowered' && change.kind !== 'no-longer-reachable') continue;
    const permissions = lowered.get(keyOf(change)) ?? new Set();
    lowered.set(keyOf(change), permissions);
    for (const { permission } of change.permissions) permissions.add(permission);
  }
  const jobs = before.workflows.flatMap(({ report, jobs: own }) =>
    own.filter(({ reported }) => hasRuns(reported)).map((job) => ({ job, workflow: report.path })),
  );
  const unclear = jobs
    .filter(({ job, workflow }) =>
      mayNeed(job, before.needsOf, lowered.get(keyOf({ workflow, job: job.reported.path }))),
    )
    .map(({ job, workflow }) => ({ workflow, job: job.reported.path }))
    .filter(({ workflow, job }) => !losing.some((lost) => keyOf(lost) === keyOf({ workflow, job })));
  const affected = new Set(changes.map(keyOf));
  const isAffected = (workflow: string, job: readonly string[]) =>
    failing.includes(workflow) || affected.has(keyOf({ workflow, job }));
  const effects = {
    setting: tried.setting,
    value: tried.value,
    before: valueIn(settings.before, tried),
    isAssumed: settings.isAssumed,
    losing,
    unclear,
    failing,
    unaffected: jobs.filter(({ job, workflow }) => !isAffected(workflow, job.reported.path)).length,
  };
  return { ...effects, blocks: tried.setting === 'default-permissions' ? blocksFor(sides, effects) : [] };
}

/** What a called workflow gets is decided by those that call it, and told with them. */
function hasRuns({ grants }: ReportedJob): boolean {
  return grants.some(({ events }) => events.some((event) => event !== 'workflow_call'));
}

/** The jobs whose steps use more than they get. */
function losses({ workflows, needsOf }: TriedSide, settings: Settings): readonly Lost[] {
  return workflows.flatMap(({ report, jobs }) =>
    jobs.flatMap((job): readonly Lost[] => {
      const needs = hasRuns(job.reported) ? needsOf(job.chained) : null;
      const lacking = needs === null ? [] : lackingOf(job, needs, settings);
      if (lacking.length === 0) return [];
      const permissions = lacking.map(({ permission, granted, needed }) => ({ permission, granted, needed }));
      return [{ workflow: report.path, job: job.reported.path, permissions }];
    }),
  );
}

/** Whether steps that nobody can see into may use one of these permissions. */
function mayNeed({ chained }: CheckedJob, needsOf: NeedsOf, permissions: ReadonlySet<string> | undefined): boolean {
  if (permissions === undefined) return false;
  const open = needsOf(chained)?.open ?? 'all';
  return open === 'all' ? permissions.size > 0 : open.some((permission) => permissions.has(permission));
}

function names({ permissions }: Lost): readonly string[] {
  return permissions.map(({ permission }) => permission);
}

function keyOf({ workflow, job }: { readonly workflow: string; readonly job?: readonly string[] }): string {
  return JSON.stringify([workflow, job ?? null]);
}
