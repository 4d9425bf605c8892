import type { DefaultPermissions, ForkPullRequests } from '../../model/settings.ts';
import { ApiError, LimitError } from '../github/github-api.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';
import { part, type Part } from './answer-parts.ts';
import type { AuditApi } from './api.ts';
import type { ListedRepository } from './listed.ts';
import { nameOf } from './files-of-listed.ts';

/** A setting that is the same everywhere, that each repository is asked for, or that nobody tells. */
type Everywhere<Value> = Value | 'ask' | 'unknown';

/** What an owner's settings say of all its repositories. It is part of a plan, so that no shard asks again. */
export interface OwnerSettings {
  readonly defaultPermissions: Everywhere<DefaultPermissions>;
  readonly forkPullRequests: Everywhere<ForkPullRequests>;
  /** `false` for all of them; `null` where each has its own. */
  readonly canApprovePullRequestReviews: false | null;
}

/** Which settings are wanted: what was given is not asked for. */
export interface WantedOfAll {
  readonly defaults: boolean;
  readonly forks: boolean;
}

/** The settings of one repository, as far as they are known. */
export interface FoundOfOne {
  readonly defaultPermissions: DefaultPermissions | null;
  readonly forkPullRequests: ForkPullRequests | null;
  readonly canApprovePullRequestReviews: boolean | null;
}

/** An answer, or the error in its place. */
async function ask(api: AuditApi, route: string, parameters: Readonly<Record<string, string>>): Promise<Part | Error> {
  try {
    return part(await api.json(route, parameters)) ?? {};
  } catch (error) {
    if (error instanceof ApiError || error instanceof LimitError || error instanceof ToolError) return error;
    throw error;
  }
}

function defaultIn(answer: Part | Error): DefaultPermissions | null {
  if (answer instanceof Error) return null;
  const { default_workflow_permissions: value } = answer;
  return value === 'read' || value === 'write' ? value : null;
}

/** https://docs.github.com/en/rest/actions/permissions#get-private-repo-fork-pr-workflow-settings-for-a-repository */
function forksIn(answer: Part | Error): ForkPullRequests | null {
  if (answer instanceof Error) return null;
  const { run_workflows_from_fork_pull_requests: runs, send_write_tokens_to_workflows: writes } = answer;
  if (runs === false) return 'off';
  if (runs !== true || typeof writes !== 'boolean') return null;
  return writes ? 'write' : 'read';
}

/** The token of a GitHub App lacks a right for all repositories alike (https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api). */
function isRefusedToAll(answer: Part | Error): boolean {
  return answer instanceof ApiError && answer.status === 403 && /not accessible by integration/i.test(answer.message);
}

const DEFAULTS = 'actions/permissions/workflow';
const FORKS = 'actions/permissions/fork-pr-workflows-private-repos';

/**
 * Asks for the settings of an organization, which may say all there is to say: where its default is `read`, it is so in
 * each repository. A user, and whoever may not read them, leaves each repository to be asked.
 *
 * @param some a repository by which to see whether the token may read the settings of repositories at all.
 */
export async function ownerSettings(
  api: AuditApi,
  owner: string | null,
  some: ListedRepository | undefined,
  { defaults, forks }: WantedOfAll,
): Promise<OwnerSettings> {
  const nothing = new ApiError(404, 'no owner');
  const about = (what: string): Promise<Part | Error> =>
    owner === null ? Promise.resolve(nothing) : ask(api, `GET /orgs/{owner}/${what}`, { owner });
  const [above, aboveForks] = [defaults ? await about(DEFAULTS) : nothing, forks ? await about(FORKS) : nothing];
  const isRead = defaultIn(above) === 'read';
  const asksEach = (defaults && !isRead) || (forks && forksIn(aboveForks) !== 'off');
  const probe = some === undefined || !asksEach ? {} : await askOne(api, nameOf(some), DEFAULTS);
  const each = isRefusedToAll(probe) ? 'unknown' : 'ask';
  const approves = above instanceof Error ? null : above.can_approve_pull_request_reviews;
  return {
    defaultPermissions: !defaults ? 'unknown' : isRead ? 'read' : each,
    forkPullRequests: !forks ? 'unknown' : forksIn(aboveForks) === 'off' ? 'off' : each,
    canApprovePullRequestReviews: approves === false ? false : null,
  };
}

function askOne(api: AuditApi, { owner, name }: RepositoryName, what: string): Promise<Part | Error> {
  return ask(api, `GET /repos/{owner}/{repo}/${what}`, { owner, repo: name });
}

/** Whether settings change anything: a repository without workflow files is asked for none. */
export function hasWorkflows({ workflows }: ListedRepository): boolean {
  return 'linked' in workflows || workflows.length > 0;
}

/** Public repositories do not have the setting about forks: a fork's pull request always gets a read token there. */
function isPrivate({ visibility }: ListedRepository): boolean {
  return visibility === 'private' || visibility === 'internal';
}

/** The settings of one repository: those of its owner, and what it is asked for. */
export async function settingsOfOne(api: AuditApi, of: OwnerSettings, listed: ListedRepository): Promise<FoundOfOne> {
  const { defaultPermissions, forkPullRequests, canApprovePullRequestReviews } = of;
  const [asksDefaults, asksForks] = [
    asks(defaultPermissions, listed),
    isPrivate(listed) && asks(forkPullRequests, listed),
  ];
  const nothing: Part = {};
  const [own, forks] = await Promise.all([
    asksDefaults ? askOne(api, nameOf(listed), DEFAULTS) : nothing,
    asksForks ? askOne(api, nameOf(listed), FORKS) : nothing,
  ]);
  const approves = own instanceof Error ? null : own.can_approve_pull_request_reviews;
  return {
    defaultPermissions: known(defaultPermissions) ?? defaultIn(own),
    forkPullRequests: known(forkPullRequests) ?? forksIn(forks),
    canApprovePullRequestReviews: canApprovePullRequestReviews ?? (typeof approves === 'boolean' ? approves : null),
  };
}

function asks(setting: string, listed: ListedRepository): boolean {
  return setting === 'ask' && hasWorkflows(listed);
}

function known<Value extends string>(value: Everywhere<Value>): Value | null {
  return value === 'unknown' || value === 'ask' ? null : value;
}

/** How many requests the settings of these repositories take. */
export function requestsFor(of: OwnerSettings, repositories: readonly ListedRepository[]): number {
  const count = (setting: string): number => repositories.filter((listed) => asks(setting, listed)).length;
  return (
    count(of.defaultPermissions) +
    (of.forkPullRequests === 'ask' ? repositories.filter((one) => isPrivate(one) && hasWorkflows(one)).length : 0)
  );
}
