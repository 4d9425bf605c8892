import type { CheckedWorkflow } from './policy/checked-workflow.ts';
import { unsetCallers } from './check-workflow.ts';
import { allJobs, passesOn, whereItIsWritten } from './calls/call-tree.ts';
import type { JobInChain } from './calls/call-tree.ts';
import { violationsOf } from './calls/violations.ts';
import type { UnsetCallers } from './calls/violations.ts';
import type { ReportedWorkflow } from './model/report.ts';
import type { Settings } from './model/settings.ts';

/** A calling job as a contract names it. */
type Caller = NonNullable<ReportedWorkflow['contract']>['unmetBy'][number];

/**
 * Adds to the contract of each file the jobs of this repository that certainly do not meet it. A job that only passes on
 * what its own callers grant is not to blame: those of them are that grant too little, with the jobs that lead on.
 */
export function withUnmetContracts(
  checked: readonly CheckedWorkflow[],
  settings: Settings,
): readonly CheckedWorkflow[] {
  const unmet = new Map<string, Map<string, Caller>>();
  for (const { file, report, tree } of checked) {
    if (report.outcome === 'invalid') continue;
    const unset = unsetCallers(file, settings);
    for (const calling of allJobs(tree)) {
      const called = calling.call?.callee;
      if (called?.kind !== 'found' || called.file.place.kind !== 'checkout' || !isUnmet(calling, unset)) continue;
      const callers = unmet.get(called.file.path) ?? new Map<string, Caller>();
      const caller = toBlame(calling);
      callers.set(JSON.stringify(caller), caller);
      unmet.set(called.file.path, callers);
    }
  }
  return checked.map((workflow) => {
    const { report } = workflow;
    const callers = unmet.get(report.path);
    if (report.contract === null || callers === undefined) return workflow;
    return { ...workflow, report: { ...report, contract: { ...report.contract, unmetBy: [...callers.values()] } } };
  });
}

function toBlame(calling: JobInChain): Caller {
  const written = whereItIsWritten(calling);
  return { path: written.file.path, job: calling.ids.slice(written.ids.length - 1) };
}

/** Whether GitHub refuses this call or one below it that has the same, whatever the setting is. */
function isUnmet(calling: JobInChain, unset: UnsetCallers): boolean {
  const isRefused = (defaults: UnsetCallers['defaults']): boolean =>
    passesOn(calling).some((one) => violationsOf(one, { ...unset, defaults }).length > 0);
  if (calling.block !== null) return isRefused([]);
  return unset.defaults.length > 0 && unset.defaults.every((setting) => isRefused([setting]));
}
