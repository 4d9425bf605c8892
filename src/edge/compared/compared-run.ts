import path from 'node:path';

import type { ActionSources } from '../action/action-sources.ts';
import { commitFiles, type CommitFiles, type CommitPlaces } from '../git/commit-files.ts';
import { findCheckout } from '../git/git-folder.ts';
import { ApiError } from '../github/github-api.ts';
import { lazyApi } from '../github/lazy-api.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { apiFailure } from '../policy/api-files.ts';
import { branchTip } from '../policy/base-files.ts';
import { hasCommit } from '../policy/git-commits.ts';
import { isOwnRepository, type RunContext } from '../action/run-context.ts';
import type { RunGate } from '../action/run-policy.ts';
import { ToolError } from '../tool-error.ts';
import { comparedWords, type ComparedWords } from './compared-words.ts';
import { commitAt } from '../git/workflow-files-at.ts';
import { comparedInPullRequest, comparedInPush, comparedWithTip, type ComparedCommit } from './compared-commits.ts';
import { historyOf, parentsThroughApi } from './history.ts';
import type { PushEvent } from './push-event.ts';

/** What a run is compared with. */
export interface ComparedRun extends ComparedWords {
  /** `null` when there is nothing to compare with. */
  readonly base: CommitFiles | null;
}

/** What a run checks, and by which inputs. */
export interface CheckedRun {
  readonly gate: RunGate;
  readonly found: ActionSources;
  readonly context: RunContext;
}

const HELP =
  'Or check out with actions/checkout and "fetch-depth: 0": then git has all of the history, and no API is needed.';

const OTHER_REPOSITORY = 'The workflow files are not those of the repository that runs.';

/**
 * Finds what a run is compared with: the commit that a pull request or a merge group was made on, what was there before a
 * push, or where the head left the ref that the input `base` names.
 *
 * @returns `null` for a run that has no base.
 * @throws ToolError when there is such a commit and it cannot be had: that is not the same as "no change".
 */
export async function comparedRun(run: CheckedRun): Promise<ComparedRun | null> {
  const places = placesOf(run);
  const compared = await comparedCommit(run, places);
  if (compared === null) return null;
  if (compared.kind === 'none') {
    return { base: null, line: `Nothing is compared. ${compared.why}`, told: { with: null, how: compared.why } };
  }
  const { checked, prefix } = run.found;
  const base = await commitFiles(compared.ref, compared.commit, places);
  const below = base.below(places.folder, checked.kind === 'api' ? checked.prefix : prefix);
  return { base: below, ...comparedWords(base, compared.why) };
}

async function comparedCommit(
  { gate, found, context }: CheckedRun,
  places: CommitPlaces,
): Promise<ComparedCommit | null> {
  const { pullRequest, push } = context;
  const { inputs, tip } = gate;
  const history = historyOf(places);
  const isOwn = isOwnRepository(inputs, context);
  if (pullRequest !== null && pullRequest !== 'unknown') {
    const head = commitOf(found);
    // Only files of other repositories are judged as the folder has them.
    if (!isOwn || head === null || tip === null) return { kind: 'none', why: OTHER_REPOSITORY };
    return comparedInPullRequest(pullRequest, head, tip, history);
  }
  if (tip !== null) return comparedWithTip(tip, await headOf(found), history);
  if (push === null) return null;
  if (!isOwn) return { kind: 'none', why: OTHER_REPOSITORY };
  try {
    return await comparedInPush(push, commitOf(found), {
      history,
      tipOf: (branch) => defaultTip(branch, places),
      exists: (commit) => stillThere(commit, push, places),
    });
  } catch (error) {
    // Nobody asked for a comparison here, and who forbids the network knows that.
    if (inputs.offline !== true || !(error instanceof ToolError)) throw error;
    return { kind: 'none', why: `Git does not have the commit before this push, and offline forbids the network.` };
  }
}

/** The commit that the files are of, as far as that is known. */
function commitOf({ checked, commit }: ActionSources): string | null {
  return checked.kind === 'folder' ? commit : checked.commit;
}

/** The same, else the commit that is checked out. */
async function headOf(found: ActionSources): Promise<string | null> {
  const commit = commitOf(found);
  if (commit !== null || found.folder === null) return commit;
  return commitAt(found.folder, 'HEAD', true).catch(() => null);
}

function placesOf({ gate: { inputs }, context }: CheckedRun): CommitPlaces {
  const repository = inputs.repository ?? context.repository;
  const folder = path.resolve(context.workspace, inputs.workingDirectory ?? '.');
  return {
    folder: findCheckout(folder) === null ? null : folder,
    offline: inputs.offline ?? false,
    get: lazyApi({ baseUrl: context.apiUrl, token: inputs.githubToken ?? null }),
    askAbout: () => askAbout(inputs, repository),
    help: HELP,
  };
}

function askAbout({ offline }: ActionInputValues, repository: RepositoryName | null): RepositoryName {
  const needed = 'The checkout does not have the commit to compare with, or the history that leads to it';
  if (offline === true) {
    throw new ToolError(`${needed}, and offline forbids the network. Leave the input offline out. ${HELP}`);
  }
  if (repository !== null) return repository;
  throw new ToolError(`${needed}, and GITHUB_REPOSITORY does not tell where else it is. ${HELP}`);
}

/** The tip of the default branch: that of a checkout with all of the history, else what the API says. */
async function defaultTip(branch: string, { folder, get, askAbout: about, help }: CommitPlaces): Promise<string> {
  const here = folder === null ? null : await commitAt(folder, `refs/remotes/origin/${branch}`, true).catch(() => null);
  if (here !== null) return here;
  const repository = about();
  try {
    return await branchTip(get, repository, branch);
  } catch (error) {
    throw apiFailure(`The branch ${branch}`, error, help);
  }
}

/** Whether the commit that a push replaced is still to be had. One that nothing leads to any more is deleted some day. */
async function stillThere(
  commit: string,
  { after }: PushEvent,
  { folder, get, askAbout: about, help }: CommitPlaces,
): Promise<boolean> {
  if (folder !== null && (await hasCommit(folder, commit))) return true;
  const repository = about();
  try {
    await parentsThroughApi(get, repository, commit);
    return true;
  } catch (error) {
    const isGone = error instanceof ApiError && [404, 422].includes(error.status);
    if (!isGone || after === null) throw apiFailure(`The commit ${commit}`, error, help);
  }
  // Whoever may not read the repository is told the same: then this one is not to be had either.
  try {
    await parentsThroughApi(get, repository, after);
    return false;
  } catch (error) {
    throw apiFailure(`The commit ${after}`, error, help);
  }
}
