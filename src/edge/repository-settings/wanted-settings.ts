import type { Settings } from '../../model/settings.ts';
import type { WorkflowFile } from '../../model/workflow.ts';

/** Which settings are not known and may change what is computed. */
export interface WantedSettings {
  readonly defaults: boolean;
  readonly forks: boolean;
}

/** A fork's pull request starts runs by these events that a setting decides about. */
const OF_FORKS: ReadonlySet<string> = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment']);

/** Whether some job may be without a block of its file. */
function needsDefault({ workflow }: WorkflowFile): boolean {
  return workflow.permissions === null && workflow.jobs.some(({ permissions }) => permissions === null);
}

/** Which settings to ask for; `null` for none. What somebody gave, `unknown` too, is not asked for. */
export function wantedSettings(files: readonly WorkflowFile[], settings: Settings): WantedSettings | null {
  const { defaultPermissions, visibility, forkPullRequests, repository } = settings;
  if (repository === null) return null;
  const isForkKnown = visibility === 'public' || (visibility !== 'unknown' && forkPullRequests !== 'unknown');
  const defaults = defaultPermissions.source === 'none' && files.some(needsDefault);
  const forks =
    !isForkKnown && files.some(({ workflow }) => workflow.triggers.some(({ event }) => OF_FORKS.has(event)));
  return defaults || forks ? { defaults, forks } : null;
}
