import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { serverOf } from '../called/api-access.ts';
import type { SharedValues } from '../command-line/option-table.ts';
import { wantedSettings } from './wanted-settings.ts';
import type { FoundSettings } from './with-read-settings.ts';

/** The settings, with those that GitHub tells a token. Without a token nobody is asked. */
export async function settingsFor(
  files: readonly WorkflowFile[],
  settings: Settings,
  { offline = false, ghes }: SharedValues,
  env: NodeJS.ProcessEnv,
): Promise<FoundSettings> {
  const server = serverOf(env, ghes !== undefined);
  const wanted = offline || server.kind === 'none' || server.token === null ? null : wantedSettings(files, settings);
  if (wanted === null || server.kind === 'none') return { settings, notes: [] };
  const { withReadSettings } = await import('./with-read-settings.ts');
  return withReadSettings(settings, wanted, server, 'Give --default-permissions');
}
