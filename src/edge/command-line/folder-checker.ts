import { checkFiles } from '../../check-files.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import type { OpenedRepository } from '../files/opened-repository.ts';
import type { CheckedByPolicy } from '../policy/check-by-policy.ts';
import { mayHavePolicy } from '../policy/may-have-policy.ts';
import type { PolicyPlaces } from '../policy/policy-places.ts';
import type { CheckedFiles, FilesAsked } from '../reading/needs-sources.ts';
import { readCalled } from '../reading/reading.ts';
import { TOOL } from '../tool.ts';
import type { CommandLineValues } from './option-table.ts';

/** What was opened, and what is known of it. */
interface ReadRepository {
  readonly opened: OpenedRepository;
  readonly files: readonly WorkflowFile[];
  readonly settings: Settings;
  readonly places: PolicyPlaces;
  /** The program that a second thread would run; `null` for none. */
  readonly script: string | null;
}

/**
 * Makes the function that checks the workflow files of a folder, or others in their place. What few runs need is loaded when
 * it is needed.
 */
export async function folderChecker(
  { opened, files, settings, places, script }: ReadRepository,
  values: CommandLineValues,
): Promise<(all: readonly WorkflowFile[]) => Promise<CheckedByPolicy>> {
  const { folder, commit, sources, read, server, at } = opened;
  const { failOn = 'error', report: reported = 'all', whatIf } = values;
  const options = {
    toolVersion: TOOL.version,
    failOn,
    reported,
    beforeMerge: values.base !== undefined,
    ...(whatIf === undefined ? {} : { whatIf }),
  };
  const checked: CheckedFiles = at?.checked ?? { kind: 'folder', folder };
  const asked: FilesAsked = new Map();
  const prepareNeeds =
    files.length === 0
      ? null
      : (await import('../reading/prepare-needs.ts')).needsWith(checked, settings.repository, read, { asked });
  if (!mayHavePolicy(values, places)) {
    const readWorkflow = readCalled(read);
    return async (all) => {
      const report = await checkFiles(all, settings, options, readWorkflow, prepareNeeds);
      return { report, compared: null, wrote: null };
    };
  }
  const { checkByPolicy } = await import('../policy/check-by-policy.ts');
  const head = { folder, ref: values.at ?? null, commit, throughApi: at?.throughApi ?? null };
  const found = { sources, files, checked, asked };
  return async (all) =>
    checkByPolicy(
      { head: { ...head, files: all }, found, places, settings, options, read, prepareNeeds, server, script },
      values,
    );
}
