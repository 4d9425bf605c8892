import type { Settings } from '../../model/settings.ts';
import { ApiError, openApi, PATIENCE } from '../github/github-api.ts';
import { apiProblem } from '../runs/api-problem.ts';
import type { Server } from '../runs/server-of-run.ts';
import { readSettings, type ReadSettings } from './settings-api.ts';
import type { WantedSettings } from './wanted-settings.ts';

/** The settings with those that GitHub's API told, and what to say where it did not. */
export interface FoundSettings {
  readonly settings: Settings;
  /** One line each. */
  readonly notes: readonly string[];
}

/** Nobody waits long for what is only nice to know. */
const SHORT = { ...PATIENCE, attempts: 2, timeout: 10_000, longestWait: 2_000, total: 20_000 };

/** Asks GitHub's API for the settings that are not known and matter. What was given stays. */
export async function withReadSettings(
  settings: Settings,
  wanted: WantedSettings,
  server: Server,
  advice: string,
): Promise<FoundSettings> {
  const { repository } = settings;
  if (repository === null) return { settings, notes: [] };
  const get = await openApi(server, SHORT);
  const found = await readSettings(get, repository, { ...wanted, visibility: settings.visibility });
  return {
    settings: withFound(settings, found),
    notes: found.refusal === null ? [] : [refused(found.refusal, server, advice)],
  };
}

function withFound(settings: Settings, found: ReadSettings): Settings {
  const { defaultPermissions: value, canApprovePullRequestReviews, visibility, forkPullRequests } = found;
  return {
    ...settings,
    ...(value === null ? {} : { defaultPermissions: { value, source: 'settings' as const } }),
    ...(canApprovePullRequestReviews === null ? {} : { canApprovePullRequestReviews }),
    ...(visibility === null ? {} : { visibility }),
    ...(forkPullRequests === null ? {} : { forkPullRequests }),
  };
}

function refused(error: unknown, server: Server, advice: string): string {
  const what = 'The setting "Workflow permissions"';
  const isRight = error instanceof ApiError && !error.isLimit && (error.status === 403 || error.status === 404);
  if (!isRight) return apiProblem(error, what, 'administration: read', server);
  return (
    `${what} is not known: to read it, a token needs the right "administration: read", which GITHUB_TOKEN cannot have. ` +
    `${advice}, or use the token of a GitHub App or of a person.`
  );
}
