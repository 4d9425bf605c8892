import { findingFixes, type FindingFix } from '../../fix/finding-fixes.ts';
import { planFix } from '../../fix/plan-fix.ts';
import type { Finding } from '../../model/report.ts';
import { recheckerOf, type CheckedFiles } from './rechecker.ts';
import { cannotWrite } from './write-changes.ts';

/**
 * Plans the suggested changes, as `--fix` would write them, and makes the function that gives what of them mends a finding.
 * Nothing is written.
 */
export async function fixesOfFindings(checked: CheckedFiles): Promise<(finding: Finding) => readonly FindingFix[]> {
  const { folder, sources, report } = checked;
  if (report.findings.length === 0) return () => [];
  const plan = await planFix(sources, report, {
    recheck: recheckerOf(checked),
    cannotWrite: (path) => (folder === null ? null : cannotWrite(folder, path)),
  });
  return findingFixes(report, plan);
}
