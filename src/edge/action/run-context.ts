import { readFileSync } from 'node:fs';

import type { Visibility } from '../../model/settings.ts';
import { isSameRepository } from '../called/own-remotes.ts';
import { pushEvent, type PushEvent } from '../compared/push-event.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';
import { pullRequestEvent, type PullRequestEvent } from '../policy/pull-request-event.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';
import { withoutEnd } from '../../words/without-end.ts';

/**
 * What GitHub tells a step about its run
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables).
 */
export interface RunContext {
  readonly workspace: string;
  readonly repository: RepositoryName | null;
  /** The commit of the run; for `pull_request` the merge commit, for `pull_request_target` that of the base. */
  readonly commit: string | null;
  readonly apiUrl: string;
  readonly isOtherServer: boolean;
  /** Of the run's own repository, as far as the event tells. */
  readonly visibility: Visibility | null;
  /** Of the run's own repository, as far as the event tells. */
  readonly defaultBranch: string | null;
  readonly summaryFile: string | null;
  /** Where the files of this action are to be read at its version, without a `/` at its end. */
  readonly actionHome: string | null;
  /** `owner/name` of the action that runs; `null` for one of the checkout. */
  readonly actionRepository: string | null;
  /** What the run's event says of a base; `null` for an event that has none, `'unknown'` when it should have one. */
  readonly pullRequest: PullRequestEvent | 'unknown' | null;
  /** What the run's event says of a push; `null` for another one. */
  readonly push: PushEvent | null;
}

/** Whether the workflow files belong to the repository of the run. */
export function isOwnRepository({ repository }: ActionInputValues, run: RunContext): boolean {
  return repository === undefined || (run.repository !== null && isSameRepository(repository, run.repository));
}

const VISIBILITIES = ['public', 'private', 'internal'] as const;

/** The visibility that the payload of an event gives, or `null`. Older servers tell only whether it is private. */
export function visibilityFromEvent(text: string): Visibility | null {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    return null;
  }
  const { repository } = (event ?? {}) as { repository?: { visibility?: unknown; private?: unknown } | null };
  const visibility = VISIBILITIES.find((word) => word === repository?.visibility);
  if (visibility !== undefined) return visibility;
  if (typeof repository?.private !== 'boolean') return null;
  return repository.private ? 'private' : 'public';
}

/** The default branch that the payload of an event gives, or `null`. */
function defaultBranchFromEvent(text: string): string | null {
  try {
    const { repository } = (JSON.parse(text) ?? {}) as { repository?: { default_branch?: unknown } | null };
    return typeof repository?.default_branch === 'string' ? repository.default_branch : null;
  } catch {
    return null;
  }
}

function eventText(file: string | undefined): string {
  try {
    return file ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** Whether this is neither github.com nor a subdomain of ghe.com, which runs the same. */
function isOtherServer(url: string): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return host !== '' && host !== 'github.com' && !host.endsWith('.ghe.com');
}

/**
 * The page of this action's files at the ref that the step names. Nothing for an action of the checkout itself, which has
 * neither.
 */
function actionHome({
  GITHUB_ACTION_REPOSITORY,
  GITHUB_ACTION_REF,
  GITHUB_SERVER_URL,
}: NodeJS.ProcessEnv): string | null {
  const repository = splitRepositoryName(GITHUB_ACTION_REPOSITORY ?? '');
  if (repository === null || !GITHUB_ACTION_REF || !URL.canParse(GITHUB_SERVER_URL ?? '')) return null;
  const ref = GITHUB_ACTION_REF.split('/').map(encodeURIComponent).join('/');
  return new URL(`/${repository.owner}/${repository.name}/blob/${ref}`, GITHUB_SERVER_URL).href;
}

/** Takes the environment of a step and returns what it tells about the run. What is not there is `null`. */
export function runContext(env: NodeJS.ProcessEnv): RunContext {
  const event = eventText(env.GITHUB_EVENT_PATH);
  return {
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    repository: splitRepositoryName(env.GITHUB_REPOSITORY ?? ''),
    commit: env.GITHUB_SHA || null,
    apiUrl: withoutEnd(env.GITHUB_API_URL || 'https://api.github.com', '/'),
    isOtherServer: isOtherServer(env.GITHUB_SERVER_URL ?? ''),
    visibility: visibilityFromEvent(event),
    defaultBranch: defaultBranchFromEvent(event),
    summaryFile: env.GITHUB_STEP_SUMMARY || null,
    actionHome: actionHome(env),
    actionRepository: env.GITHUB_ACTION_REPOSITORY || null,
    pullRequest: pullRequestEvent(env.GITHUB_EVENT_NAME ?? '', event, env.GITHUB_BASE_REF ?? ''),
    push: pushEvent(env.GITHUB_EVENT_NAME ?? '', event),
  };
}
