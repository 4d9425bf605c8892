import { checkFiles } from '../../check-files.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Explanation } from '../../model/explanation.ts';
import { platformOn } from '../../permissions/platform.ts';
import { explanationOf } from '../../report/explanation.ts';
import { explanationText } from '../../report/text/explanation-text.ts';
import { cacheFolder } from '../called/cache-folder.ts';
import { calledFileReader } from '../called/called-file-reader.ts';
import { isSameRepository } from '../called/own-remotes.ts';
import type { CommandOutput, CommandWorld } from '../command-line/command.ts';
import { forServer } from '../github/for-server.ts';
import { openApi, type GetJson } from '../github/github-api.ts';
import { findCheckout } from '../git/git-folder.ts';
import { gitHubHosts, repositoryFromRemote } from '../git/git-remote.ts';
import { jsonText } from '../output/json-text.ts';
import type { CommandLineValues } from '../command-line/option-table.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { readCalled } from '../reading/reading.ts';
import { apiProblem } from '../runs/api-problem.ts';
import { folderInApi, folderInGit } from '../runs/commit-folder.ts';
import { reachedFiles, type ReachedFiles, type WorkflowFolder } from '../runs/reached-files.ts';
import { asReferenced } from '../runs/referenced.ts';
import { runAddress } from '../runs/run-address.ts';
import { serverOfRun, type Server } from '../runs/server-of-run.ts';
import { countJobs, readRun, type WorkflowRun } from '../runs/workflow-run.ts';
import { toSettings } from '../settings.ts';
import { ToolError } from '../tool-error.ts';
import { TOOL } from '../tool.ts';

/** What `explain` takes of the options. */
export type ExplainValues = Pick<
  CommandLineValues,
  | 'format'
  | 'defaultPermissions'
  | 'visibility'
  | 'forkPullRequests'
  | 'repository'
  | 'repositories'
  | 'offline'
  | 'ghes'
>;

/** Asks the API, and turns its errors into sentences. */
interface Asking {
  readonly server: Server;
  readonly get: GetJson;
  readonly ask: <Result>(what: string, right: string, question: () => Promise<Result>) => Promise<Result>;
}

async function asking(server: Server): Promise<Asking> {
  return {
    server,
    get: await openApi(server),
    ask: async (what, right, question) => {
      try {
        return await question();
      } catch (error) {
        throw new ToolError(apiProblem(error, what, right, server));
      }
    },
  };
}

/** The checkout that the run's repository has here; `null` when there is none. */
function checkoutOf(directory: string, repository: RepositoryName, own: RepositoryName | null): string | null {
  const isHere = own !== null && isSameRepository(own, repository);
  return isHere ? (findCheckout(directory)?.root ?? null) : null;
}

/**
 * Explains why a run did not start, as the command `explain` does.
 *
 * @param written the run's number or the address of its page.
 * @param directory a folder of the repository's checkout; without one, the API is asked for everything.
 * @throws ToolError when the run cannot be read.
 */
export async function explainRun(
  written: string,
  directory: string,
  given: ExplainValues,
  { env, look, progress }: Pick<CommandWorld, 'env' | 'look' | 'progress'>,
): Promise<CommandOutput> {
  if (given.offline === true) {
    throw new ToolError('The run is read through the API, and --offline forbids the network. Leave --offline out.');
  }
  const { id, attempt, at } = runAddress(written);
  const server = serverOfRun(env, at?.host ?? null, given.ghes !== undefined);
  const { values, note } = await forServer(given, server);
  const isServer = values.ghes !== undefined;
  const checkout = findCheckout(directory);
  const isGitHubHost = gitHubHosts(env, isServer);
  const own = values.repository ?? (checkout === null ? null : repositoryFromRemote(checkout, isGitHubHost));
  const repository = at?.repository ?? own;
  if (repository === null) {
    throw new ToolError(
      `It is not known which repository the run ${id} belongs to. Give the address of its page, or --repository OWNER/NAME.`,
    );
  }
  const name = `${repository.owner}/${repository.name}`;
  const api = await asking(server);
  const found = await api.ask(`The run ${id} of ${name}`, 'actions: read', () =>
    readRun(api.get, repository, id, attempt),
  );
  const { run } = found;
  const mayHaveFailed = run.conclusion !== null && run.conclusion !== 'action_required';
  // Most runs that cannot start have the conclusion startup_failure, which tells it without another request.
  const jobs =
    mayHaveFailed && run.conclusion !== 'startup_failure'
      ? await api.ask(`The jobs of the run ${id} of ${name}`, 'actions: read', () =>
          countJobs(api.get, repository, run),
        )
      : 0;
  const folder = checkoutOf(directory, repository, own);
  const files = mayHaveFailed && jobs === 0 ? await filesOf(run.path, run.commit, repository, folder, api) : NO_FILES;
  const read = calledFileReader({
    own: folder === null ? null : { repository, folder, isGitHubHost },
    repositories: values.repositories ?? null,
    offline: null,
    server,
    cacheFolder: cacheFolder(env),
    onProgress: progress.update,
  });
  const explanation = await explain(found, jobs, files, { repository, read, values }).finally(progress.end);
  const output = values.format === 'json' ? jsonText(explanation) : [explanationText(explanation, look)];
  return { output, diagnostics: note, status: explanation.cause === 'unknown' ? 1 : 0 };
}

interface RunFiles extends ReachedFiles {
  readonly readFrom: WorkflowFolder['readFrom'] | null;
}

const NO_FILES: RunFiles = { sources: [], files: [], readFrom: null };

/** The run's workflow file with the local ones that it calls, from git where it has the commit, else through the API. */
async function filesOf(
  path: string,
  commit: string,
  repository: RepositoryName,
  checkout: string | null,
  { get, ask }: Asking,
): Promise<RunFiles> {
  const here = checkout === null ? null : await folderInGit(checkout, commit);
  const what = `The files of ${repository.owner}/${repository.name} at ${commit}`;
  return ask(what, 'contents: read', async () => {
    const folder = here ?? (await folderInApi(get, repository, commit));
    return { ...(await reachedFiles(path, folder)), readFrom: folder.readFrom };
  });
}

async function explain(
  { run, referenced }: WorkflowRun,
  jobs: number,
  { sources, files, readFrom }: RunFiles,
  { repository, read, values }: { repository: RepositoryName; read: ReadCalledFile; values: ExplainValues },
): Promise<Explanation> {
  const known = { ...toSettings(values, { repository, visibility: null, commit: run.commit }), repository };
  const settings = { ...known, platform: platformOn(known.platform, run.date.slice(0, 10)) };
  const options = { toolVersion: TOOL.version, failOn: 'never' as const };
  const report = await checkFiles(files, settings, options, readCalled(asReferenced(read, referenced)));
  const workflow = report.workflows.find(({ path }) => path === run.path) ?? null;
  const where = readFrom === 'git' ? 'from the git of the checkout' : 'through the API';
  return explanationOf({
    tool: TOOL,
    run,
    jobs,
    workflow,
    textOf: (path) => {
      const source = sources.find((one) => one.path === path);
      return source !== undefined && 'bytes' in source ? Buffer.from(source.bytes).toString() : null;
    },
    notes: readFrom === null ? [] : [`The files of the commit were read ${where}.`],
  });
}
