import type { WorkflowFile } from '../../model/workflow.ts';
import type { Settings } from '../../model/settings.ts';
import { settingsBy } from '../../policy/in-force.ts';
import type { OpenedRepository } from '../files/opened-repository.ts';
import type { CommandLineValues } from '../command-line/option-table.ts';
import { headFiles } from './head-files.ts';
import { loadInForce, today } from './load-in-force.ts';
import type { PolicyPlaces } from './policy-places.ts';

/**
 * The settings with what the policy of a checkout or of its git ref says of them, as a check has them.
 *
 * @throws ToolError when the policy cannot be read or has mistakes.
 */
export async function settingsByPolicy(
  { folder, commit, settings, read, at }: OpenedRepository,
  workflows: readonly WorkflowFile[],
  places: PolicyPlaces,
  { at: ref, offline = false }: Pick<CommandLineValues, 'at' | 'offline'>,
): Promise<Settings> {
  const head = { folder, ref: ref ?? null, commit, throughApi: at?.throughApi ?? null };
  const files = headFiles(head, places, offline);
  const inForce = await loadInForce({
    ...{ places, workflows, settings, read, prepareNeeds: null, gateChange: null, today: today() },
    head: { ...head, files },
    base: null,
    // A baseline says nothing of settings.
    writesBaseline: true,
  });
  return settingsBy(settings, inForce?.policy ?? []);
}
