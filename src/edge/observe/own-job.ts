import { loadCalledFiles } from '../../calls/called-files.ts';
import type { ObservedResult } from '../../model/observation.ts';
import type { ObservedRun } from '../../model/observed-run.ts';
import type { DefaultPermissions, Settings } from '../../model/settings.ts';
import { notObserved } from '../../observed/observed-job.ts';
import { verifyOwnJob, type OwnJob } from '../../verify-own-job.ts';
import { findCheckout } from '../git/git-folder.ts';
import { ApiError, LimitError, openApi } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { readCalled } from '../reading/reading.ts';
import { isOwnRepository } from '../action/run-context.ts';
import { apiProblem } from '../runs/api-problem.ts';
import { folderInApi, folderInGit } from '../runs/commit-folder.ts';
import { reachedFiles, type ReachedFiles } from '../runs/reached-files.ts';
import type { Server } from '../runs/server-of-run.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';
import { actorOf } from './compare-run.ts';
import type { ActionWorld } from './learn-in-action.ts';
import { ownRun } from './own-run.ts';
import { runnerLog } from './runner-log-file.ts';

/** What this job's own token showed. */
export interface SeenOwnJob {
  readonly result: ObservedResult;
  readonly defaultPermissions: DefaultPermissions | null;
}

/**
 * Compares what this very job's token was granted, as far as the job can know it, with what is computed for it. `null` where
 * the files that are checked are another repository's, or nothing tells which job this is.
 */
export async function observeOwnJob(
  settings: Settings,
  server: Server,
  world: ActionWorld,
): Promise<SeenOwnJob | null> {
  const { inputs, context, env } = world;
  const run = ownRun(env, new Date());
  const { GITHUB_JOB: id } = env;
  const { repository } = context;
  if (run === null || !id || repository === null || !isOwnRepository(inputs, context)) return null;
  const actor = actorOf(run, repository);
  try {
    const { files } = await filesOf(run, repository, server, world);
    const file = files.find(({ path }) => path === run.path);
    if (file === undefined) throw new ToolError(`The commit ${run.commit} has no file ${run.path}.`);
    const called = await loadCalledFiles([file], readCalled(world.read));
    const request = {
      ...{ file, files, called, job: null, tool: TOOL },
      settings: { ...settings, commit: run.commit },
      run: { event: run.event, actor },
    };
    const { observed, defaultPermissions } = verifyOwnJob(request, whatItKnows(id, run, repository, world));
    return { result: { run, actor, jobs: [observed] }, defaultPermissions };
  } catch (error) {
    if (![ApiError, LimitError, ToolError].some((known) => error instanceof known)) throw error;
    const why = apiProblem(error, `The files of the commit ${run.commit}`, 'contents: read', server);
    return { result: { run, actor, jobs: [notObserved(id, why)] }, defaultPermissions: null };
  }
}

/** From the checkout where it has the commit, whatever a step did to the files since. */
async function filesOf(
  { commit, path }: ObservedRun,
  repository: RepositoryName,
  server: Server,
  { inputs, folder }: ActionWorld,
): Promise<ReachedFiles> {
  const checkout = folder === null ? null : (findCheckout(folder)?.root ?? null);
  const here = checkout === null ? null : await folderInGit(checkout, commit);
  if (here !== null) return reachedFiles(path, here);
  if (inputs.offline === true) throw new ToolError(`The checkout does not have the commit ${commit} of this run.`);
  return reachedFiles(path, await folderInApi(await openApi(server), repository, commit));
}

function whatItKnows(
  id: string,
  { id: run, attempt, date }: ObservedRun,
  { owner, name }: RepositoryName,
  { inputs, env }: ActionWorld,
): OwnJob {
  const job = { run: String(run), attempt: String(attempt), job: id };
  const hasIdToken = Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
  return {
    id,
    definedIn: inputs.jobWorkflowRef?.split('@')[0] ?? null,
    repository: `${owner}/${name}`,
    idToken: hasIdToken ? 'write' : 'none',
    logged:
      inputs.runnerLog === true
        ? runnerLog(env.RUNNER_TEMP, job, date.slice(0, 10))
        : "Its other permissions are in the runner's diagnostic log alone, which `runner-log: true` reads.",
  };
}
