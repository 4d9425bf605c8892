import type { Grant } from './model/grant.ts';
import type { ReportedJob, ReportedWorkflow } from './model/report.ts';
import type { Settings } from './model/settings.ts';
import type { CheckedWorkflow } from './policy/checked-workflow.ts';
import { reachOf } from './policy/untrusted/reach.ts';

/**
 * Takes the workflows of a repository and returns their reports, with the events of each row that somebody without write
 * access can cause. A fork's own pull request counts where the settings send it a token that can write.
 */
export function withOutsiders(workflows: readonly CheckedWorkflow[], settings: Settings): readonly ReportedWorkflow[] {
  const reachedBy = reachOf(workflows, settings);
  return workflows.map((workflow) => {
    const { report } = workflow;
    const jobs = workflow.jobs.map((job): ReportedJob => {
      const { reported } = job;
      const events = new Map<Grant, Set<string>>();
      for (const { event, rows } of reachedBy(workflow, job)) {
        for (const row of rows) {
          const own = ownRow(reported, row, event);
          events.set(own, (events.get(own) ?? new Set()).add(event));
        }
      }
      if (events.size === 0) return reported;
      return { ...reported, grants: reported.grants.map((row) => withEvents(row, events.get(row))) };
    });
    return { ...report, jobs };
  });
}

function withEvents(row: Grant, events: ReadonlySet<string> | undefined): Grant {
  return events === undefined ? row : { ...row, byOutsiders: [...events] };
}

/** A fork that shares the repository's row has a copy of it. */
function ownRow({ grants }: ReportedJob, row: Grant, event: string): Grant {
  if (grants.includes(row)) return row;
  return grants.find((one) => one.origins === row.origins && one.events.includes(event)) ?? row;
}
