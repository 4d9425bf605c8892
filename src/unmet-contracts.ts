import type { CheckedWorkflow } from './check-workflow.ts';
import { defaultsOf } from './check-workflow.ts';
import { allJobs } from './calls/call-tree.ts';
import type { JobInChain } from './calls/call-tree.ts';
import type { Contract } from './calls/contract.ts';
import { excessOf, limitsOn } from './calls/violations.ts';
import type { UnsetCallers } from './calls/violations.ts';
import type { ReportedWorkflow } from './model/report.ts';
import type { Settings } from './model/settings.ts';

/** A calling job as a contract names it. */
type Caller = NonNullable<ReportedWorkflow['contract']>['unmetBy'][number];

/** Adds to the contract of each file the jobs of this repository that call it and certainly do not meet it. */
export function withUnmetContracts(
  checked: readonly CheckedWorkflow[],
  settings: Settings,
): readonly ReportedWorkflow[] {
  const contracts = new Map(checked.map(({ file, contract }) => [file.path, contract]));
  const unmet = new Map<string, Map<string, Caller>>();
  for (const { file, report, tree } of checked) {
    if (report.outcome === 'invalid') continue;
    const unset = { defaults: defaultsOf(file, settings), platform: settings.platform };
    for (const calling of allJobs(tree)) {
      const called = calling.call?.callee;
      if (called?.kind !== 'found' || called.file.place.kind !== 'checkout') continue;
      const contract = contracts.get(called.file.path) ?? null;
      if (contract === null || meets(calling, contract, unset)) continue;
      const callers = unmet.get(called.file.path) ?? new Map<string, Caller>();
      callers.set(`${calling.file.path} ${calling.job.id}`, { path: calling.file.path, job: [calling.job.id] });
      unmet.set(called.file.path, callers);
    }
  }
  return checked.map(({ report }) => {
    const callers = unmet.get(report.path);
    if (report.contract === null || callers === undefined) return report;
    return { ...report, contract: { ...report.contract, unmetBy: [...callers.values()] } };
  });
}

function meets(calling: JobInChain, { asked }: Contract, unset: UnsetCallers): boolean {
  const limits = limitsOn(calling, unset);
  return limits.length === 0 || limits.some(({ most }) => excessOf(asked, most, unset.platform).length === 0);
}
