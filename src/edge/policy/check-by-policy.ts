import { checkFiles, type BaseFiles, type CheckOptions } from '../../check-files.ts';
import type { ReadCalledFile, ReadCalledWorkflow } from '../../model/called-file.ts';
import type { Report } from '../../model/report.ts';
import type { Settings } from '../../model/settings.ts';
import type { PrepareNeeds } from '../../needs/prepare-needs.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { acceptedToday, baselineText } from '../../policy/baseline.ts';
import type { PolicyInForce } from '../../policy/in-force.ts';
import type { CommitFiles } from '../git/commit-files.ts';
import type { ComparedHead } from '../compared/base-state.ts';
import type { ComparedWords } from '../compared/compared-words.ts';
import type { CommandLineValues } from '../command-line/option-table.ts';
import type { FileServer } from '../called/api-access.ts';
import { readCalled } from '../reading/reading.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { writeReportFile } from '../files/write-report-file.ts';
import { baseAt } from './base-at.ts';
import { loadInForce, today } from './load-in-force.ts';
import type { PolicyPlaces } from './policy-places.ts';
import { headFiles, type Head } from './head-files.ts';

/** What the command line checks, and how. */
export interface CheckedFolder {
  readonly head: Head & { readonly files: readonly WorkflowFile[] };
  readonly places: PolicyPlaces;
  readonly settings: Settings;
  readonly options: Omit<CheckOptions, 'inForce'>;
  readonly read: ReadCalledFile;
  readonly prepareNeeds: PrepareNeeds | null;
  /** The workflow files as they were found, whatever was fixed since. */
  readonly found: ComparedHead;
  /** What may be asked about the history. */
  readonly server: FileServer;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
}

/** The report, and one line about the baseline that was written, if one was. */
export interface CheckedByPolicy {
  readonly report: Report;
  /** One line that says what the report compares with; `null` when it does not. */
  readonly compared: string | null;
  readonly wrote: string | null;
}

/**
 * Checks by the policy of the folder, of a git ref, or of a base, and writes the baseline where that is asked for.
 *
 * @throws ToolError when policy, baseline or base cannot be had or have mistakes.
 */
export async function checkByPolicy(checked: CheckedFolder, values: CommandLineValues): Promise<CheckedByPolicy> {
  const { head, places, settings, options, read, prepareNeeds } = checked;
  const offline = values.offline ?? false;
  const writesBaseline = values.writeBaseline ?? false;
  const base = values.base === undefined ? null : await baseAt(values.base, head.folder, offline);
  const readWorkflow = readCalled(read);
  const compared = base === null ? null : await comparedWith(base, checked, readWorkflow, offline);
  const inForce = await loadInForce({
    places,
    head: { files: headFiles(head, places, offline), ref: head.ref, commit: head.commit },
    base,
    workflows: head.files,
    settings,
    read,
    prepareNeeds,
    gateChange: null,
    writesBaseline,
    today: today(),
  });
  const reportBy = (by: PolicyInForce | undefined): Promise<Report> =>
    checkFiles(
      head.files,
      settings,
      {
        ...options,
        ...(by === undefined ? {} : { inForce: by }),
        ...(compared === null ? {} : { compared: compared.told }),
      },
      readWorkflow,
      prepareNeeds,
      compared?.base ?? null,
    );
  const report = await reportBy(inForce);
  if (!writesBaseline || inForce === undefined) return { report, compared: compared?.line ?? null, wrote: null };
  const entries = acceptedToday(report.findings, report.suppressed);
  const { baseline } = places;
  const path = writeReportFile(baseline.file, head.folder, places.root, [baselineText(entries)]);
  const shown = baseline.inCheckout === null ? path : withSlashes(baseline.shown);
  const mended = report.policy?.baseline?.mended.length ?? 0;
  const dropped = mended === 0 ? '' : ` Dropped, since mended: ${mended}.`;
  return {
    report: await reportBy({ ...inForce, baseline: { path: shown, entries } }),
    compared: null,
    wrote: `${shown} has ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} now.${dropped}`,
  };
}

/** What there is to compare with, and a line that says so. It is loaded here, as most runs have no base. */
async function comparedWith(
  tip: CommitFiles,
  { head, found, settings, server, read, script }: CheckedFolder,
  readWorkflow: ReadCalledWorkflow,
  offline: boolean,
): Promise<ComparedWords & { readonly base: BaseFiles }> {
  const [{ comparedFolder }, { baseState }, { comparedWords }] = await Promise.all([
    import('../compared/compared-folder.ts'),
    import('../compared/base-state.ts'),
    import('../compared/compared-words.ts'),
  ]);
  const { folder, commit } = head;
  const { repository } = settings;
  const { files, why } = await comparedFolder(tip, { folder, commit, repository, server, offline });
  const base = await baseState(files, found, { repository, read, readWorkflow, ownAction: null, script });
  return { base, ...comparedWords(files, why) };
}
