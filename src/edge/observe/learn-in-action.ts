import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Observation } from '../../model/observation.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { wantedSettings } from '../repository-settings/wanted-settings.ts';
import type { RunContext } from '../action/run-context.ts';
import type { Server } from '../runs/server-of-run.ts';
import { ToolError } from '../tool-error.ts';

/** What the action knows before it asks anybody. */
export interface ActionWorld {
  readonly inputs: ActionInputValues;
  readonly context: RunContext;
  readonly env: NodeJS.ProcessEnv;
  /** The checkout; `null` when there is none. */
  readonly folder: string | null;
  readonly read: ReadCalledFile;
}

/** What GitHub told. */
export interface Learned {
  readonly settings: Settings;
  /** Empty when nobody looked at runs. */
  readonly observed: { readonly observed?: Observation };
  /** One line each. */
  readonly notes: readonly string[];
  /** What was asked for and could not be done. */
  readonly warnings: readonly string[];
}

/**
 * Whether a token may be one that reads settings. Those of Apps look like the token of the job, which never may: they are
 * only tried by who asks for more than the files.
 */
function mayReadSettings(token: string, { observe }: ActionInputValues): boolean {
  return observe === true || !token.startsWith('ghs_');
}

/**
 * Asks GitHub for the settings that matter and, with the input observe, for what earlier runs were granted. With that or the
 * input runner-log, looks at what this very job was granted, too.
 *
 * @throws ToolError when the inputs contradict each other.
 */
export async function learnInAction(
  files: readonly WorkflowFile[],
  settings: Settings,
  world: ActionWorld,
): Promise<Learned> {
  const { inputs } = world;
  const learned = await learnFromGitHub(files, settings, world);
  if (inputs.observe !== true && inputs.runnerLog !== true) return learned;
  const { observeOwnJob } = await import('./own-job.ts');
  const seen = await observeOwnJob(learned.settings, serverOf(world), world);
  if (seen === null) return learned;
  const { result: ownJob, defaultPermissions: value } = seen;
  const nothing: Observation = { runs: [], neverStarts: [], notes: [] };
  const observed = { observed: { ...(learned.observed.observed ?? nothing), ownJob } };
  if (value === null || learned.settings.defaultPermissions.source !== 'none') return { ...learned, observed };
  const defaultPermissions: Settings['defaultPermissions'] = { value, source: 'log', run: ownJob.run.url };
  // That the settings could not be read does not matter any more.
  return { ...learned, settings: { ...learned.settings, defaultPermissions }, observed, notes: [] };
}

function serverOf({ inputs, context }: ActionWorld): Server {
  const { githubToken: token = null } = inputs;
  return { kind: 'server', baseUrl: context.apiUrl, token, tokenName: 'the input github-token' };
}

async function learnFromGitHub(
  files: readonly WorkflowFile[],
  settings: Settings,
  world: ActionWorld,
): Promise<Learned> {
  const { inputs } = world;
  const { offline = false, githubToken: token } = inputs;
  const isObserving = inputs.observe === true;
  if (isObserving && offline) throw new ToolError('observe needs the network, and offline forbids it. Leave one out.');
  const nothing = { settings, observed: {}, notes: [], warnings: [] };
  if (offline || token === undefined || settings.repository === null) {
    const why = 'Runs were not looked at: observe needs the input github-token, and a repository to ask for.';
    return isObserving ? { ...nothing, warnings: [why] } : nothing;
  }
  const server = serverOf(world);
  const wanted = mayReadSettings(token, inputs) ? wantedSettings(files, settings) : null;
  const { withReadSettings } =
    wanted === null ? { withReadSettings: null } : await import('../repository-settings/with-read-settings.ts');
  const read =
    wanted === null || withReadSettings === null
      ? { settings, notes: [] }
      : await withReadSettings(settings, wanted, server, 'Give the input default-permissions');
  if (!isObserving) return { ...nothing, settings: read.settings, notes: read.notes };
  const { observeRuns } = await import('./observe-runs.ts');
  return observeRuns(files, read, settings.repository, server, world);
}
