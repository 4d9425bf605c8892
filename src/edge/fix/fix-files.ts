import { planFix, type FixPlan } from '../../fix/plan-fix.ts';
import type { Report, ReportedWhatIf } from '../../model/report.ts';
import type { WorkflowSource } from '../../model/source.ts';
import { visible } from '../../report/escape-terminal.ts';
import { plural } from '../../words/in-words.ts';
import type { CommandLineValues } from '../command-line/option-table.ts';
import { recheckerOf, type CheckedFiles } from './rechecker.ts';
import { cannotWrite, writeChanges } from './write-changes.ts';

/** What came of it: the report with its `fixes`, the patch in place of the text report if that was asked for. */
export interface FixedFiles {
  readonly report: Report;
  readonly patch: string | null;
  readonly diagnostics: string;
}

/**
 * Plans the suggested changes, and writes them where that is asked for.
 *
 * @throws ToolError when a file could not be written; then none is.
 */
export async function fixFiles(
  checked: CheckedFiles,
  values: CommandLineValues,
  isTerminal: boolean,
): Promise<FixedFiles> {
  const { folder, report } = checked;
  const recheck = recheckerOf(checked);
  const tried = values.whatIf === undefined ? undefined : report.whatIf;
  const plan = await planFor(tried, checked, recheck);
  const fixes = plan.changes.map(({ path, patch }) => ({ path, patch }));
  const writes = values.fix === true && folder !== null;
  if (writes) writeChanges(folder, plan.changes);
  const patch = plan.changes.map((change) => change.patch).join('');
  const isText = values.format === undefined || values.format === 'text';
  return {
    report: { ...(writes ? plan.report : report), fixes },
    patch: writes || !isText ? null : isTerminal ? shown(patch) : patch,
    diagnostics: [...linesAbout(plan, report, writes, tried !== undefined), ...linesAboutTried(tried, plan)]
      .map((line) => `${visible(line)}\n`)
      .join(''),
  };
}

/** With a setting that is tried, only the blocks are planned that its change needs. */
async function planFor(
  tried: ReportedWhatIf | undefined,
  { folder, sources, report }: CheckedFiles,
  recheck: (sources: readonly WorkflowSource[]) => Promise<Report>,
): Promise<FixPlan> {
  const cannotWriteTo = (path: string) => (folder === null ? null : cannotWrite(folder, path));
  if (tried === undefined) return planFix(sources, report, { recheck, cannotWrite: cannotWriteTo });
  const { suggestingBlocks } = await import('../../fix/suggesting-blocks.ts');
  const suggesting = (one: Report) => suggestingBlocks(one, tried);
  const plan = await planFix(sources, suggesting(report), {
    recheck: async (changed) => suggesting(await recheck(changed)),
    cannotWrite: cannotWriteTo,
  });
  if (plan.changes.length === 0) return { ...plan, report };
  const after = new Map(plan.changes.map((change) => [change.path, change.after]));
  const changed = sources.map(({ path, ...source }) => {
    const bytes = after.get(path);
    return bytes === undefined ? { path, ...source } : { path, bytes };
  });
  return { ...plan, report: await recheck(changed) };
}

/** Whether somebody would notice the change of the setting all the same. */
function* linesAboutTried(tried: ReportedWhatIf | undefined, { changes, report }: FixPlan): Generator<string> {
  if (tried === undefined || report.whatIf === undefined) return;
  const { losing, unclear, failing } = report.whatIf;
  const left = [
    ...failing.map((path) => `${path}: It would not start.`),
    ...losing.map(({ workflow, job }) => `${workflow}: The job '${job.join('/')}' would lose what it needs.`),
    ...unclear.map(({ workflow, job }) => `${workflow}: The job '${job.join('/')}' may lose what it needs.`),
  ];
  const setting = `${tried.setting}=${tried.value}`;
  if (left.length === 0) {
    yield changes.length === 0
      ? `${setting} would break nothing.`
      : `With these changes, ${setting} would break nothing.`;
    return;
  }
  yield changes.length === 0
    ? `These would notice ${setting}:`
    : `Even with these changes, these would notice ${setting}:`;
  yield* left;
}

function* linesAbout(
  { changes, refused }: FixPlan,
  report: Report,
  writes: boolean,
  isTrying: boolean,
): Generator<string> {
  if (writes) for (const { path } of changes) yield `Changed ${path}.`;
  for (const { path, line, reason } of refused) yield `${path}:${line}: Not changed. ${reason}`;
  if (changes.length === 0) yield refused.length === 0 ? 'There is nothing to change.' : 'Nothing is changed.';
  const unknown = report.workflows
    .filter(({ outcome }) => outcome !== 'invalid')
    .flatMap(({ jobs }) => jobs.filter(({ path, suggested }) => path.length === 1 && suggested === null)).length;
  if (unknown > 0 && !isTrying) {
    const keep =
      unknown === 1
        ? 'keeps what it has: it is not known what it needs'
        : 'keep what they have: it is not known what they need';
    yield `${plural(unknown, 'job')} ${keep}.`;
  }
}

/** A patch for a terminal, which must not obey what a stranger wrote. */
function shown(patch: string): string {
  return patch
    .split('\n')
    .map((line) => line.replace(/\r$/, '').split('\t').map(visible).join('\t'))
    .join('\n');
}
