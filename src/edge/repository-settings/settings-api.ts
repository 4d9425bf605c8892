import type { DefaultPermissions, ForkPullRequests, Visibility } from '../../model/settings.ts';
import { mostRestrictive } from '../../permissions/default-setting.ts';
import { ApiError, LimitError, type GetJson } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';

/** What GitHub's API says of the settings of a repository. What it does not say is `null`. */
export interface ReadSettings {
  readonly defaultPermissions: DefaultPermissions | null;
  readonly canApprovePullRequestReviews: boolean | null;
  readonly visibility: Visibility | null;
  readonly forkPullRequests: ForkPullRequests | null;
  /** The error with which the setting "Workflow permissions" was refused; `null` when it was not. */
  readonly refusal: unknown;
}

type Answer = Readonly<Record<string, unknown>>;

/** An answer, or the error in its place. What is no error of the API is a mistake of ours, and thrown. */
async function ask(get: GetJson, route: string, parameters: Readonly<Record<string, string>>): Promise<Answer | Error> {
  try {
    return (await get(route, parameters)) as Answer;
  } catch (error) {
    if (error instanceof ApiError || error instanceof LimitError || error instanceof ToolError) return error;
    throw error;
  }
}

const VALUES = ['read', 'write'] as const;
const VISIBILITIES = ['public', 'private', 'internal'] as const;

function defaultIn(answer: Answer | Error): DefaultPermissions | null {
  return answer instanceof Error
    ? null
    : (VALUES.find((value) => value === answer.default_workflow_permissions) ?? null);
}

function boolean(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

/**
 * The setting "Workflow permissions", of the repository and of its organization. The organization is asked where it may
 * change what is known: it may be the only one whose setting the token may read, and it may be stricter.
 *
 * @see https://docs.github.com/en/rest/actions/permissions#get-default-workflow-permissions-for-a-repository
 */
async function readDefault(
  get: GetJson,
  { owner, name: repo }: RepositoryName,
): Promise<Pick<ReadSettings, 'defaultPermissions' | 'canApprovePullRequestReviews' | 'refusal'>> {
  const own = await ask(get, 'GET /repos/{owner}/{repo}/actions/permissions/workflow', { owner, repo });
  const repository = defaultIn(own);
  const asksAbove = repository !== 'read' && !(own instanceof LimitError);
  const above = asksAbove ? await ask(get, 'GET /orgs/{owner}/actions/permissions/workflow', { owner }) : {};
  const organization = defaultIn(above);
  const value = mostRestrictive({
    ...(organization === null ? {} : { organization }),
    ...(repository === null ? {} : { repository }),
  });
  const approve = own instanceof Error ? null : boolean(own.can_approve_pull_request_reviews);
  return {
    defaultPermissions: value === 'unknown' ? null : value,
    canApprovePullRequestReviews: approve,
    refusal: value === 'unknown' && own instanceof Error ? own : null,
  };
}

/** What the answer about a repository says of who may see it. */
function visibilityIn(answer: Answer | Error): Visibility | null {
  if (answer instanceof Error) return null;
  const found = VISIBILITIES.find((visibility) => visibility === answer.visibility);
  if (found !== undefined) return found;
  const isPrivate = boolean(answer.private);
  if (isPrivate === null) return null;
  return isPrivate ? 'private' : 'public';
}

/** https://docs.github.com/en/rest/actions/permissions#get-private-repo-fork-pr-workflow-settings-for-a-repository */
function forksIn(answer: Answer | Error): ForkPullRequests | null {
  if (answer instanceof Error) return null;
  const runs = boolean(answer.run_workflows_from_fork_pull_requests);
  const writes = boolean(answer.send_write_tokens_to_workflows);
  if (runs === false) return 'off';
  if (runs === null || writes === null) return null;
  return writes ? 'write' : 'read';
}

/** Reads the settings that are wanted, as far as the token may. Never throws for what the API refuses. */
export async function readSettings(
  get: GetJson,
  repository: RepositoryName,
  wanted: { readonly defaults: boolean; readonly forks: boolean; readonly visibility: Visibility | 'unknown' },
): Promise<ReadSettings> {
  const { owner, name: repo } = repository;
  const found = wanted.defaults
    ? await readDefault(get, repository)
    : { defaultPermissions: null, canApprovePullRequestReviews: null, refusal: null };
  if (!wanted.forks) return { ...found, visibility: null, forkPullRequests: null };
  const isKnown = wanted.visibility !== 'unknown';
  const about = isKnown ? null : await ask(get, 'GET /repos/{owner}/{repo}', { owner, repo });
  const visibility = about === null ? null : visibilityIn(about);
  const seen = isKnown ? wanted.visibility : visibility;
  // Public repositories do not have this setting: a fork's pull request always gets a read token.
  const isPrivate = seen === 'private' || seen === 'internal';
  const route = 'GET /repos/{owner}/{repo}/actions/permissions/fork-pr-workflows-private-repos';
  const forks = isPrivate ? await ask(get, route, { owner, repo }) : null;
  return { ...found, visibility, forkPullRequests: forks === null ? null : forksIn(forks) };
}
