import type { NotComparedBecause } from '../model/comparison.ts';

const WHOLE_LOG = 'Give the raw log of the job, or the zip of the run ("Download log archive" on its page).';

const REASONS: Readonly<Record<Exclude<NotComparedBecause, 'too-old'>, string>> = {
  'no-group': `The log has no group "GITHUB_TOKEN Permissions" before its first step. ${WHOLE_LOG}`,
  'empty-group':
    'The group "GITHUB_TOKEN Permissions" is empty. A copy of the page lacks what is folded; in a raw log GitHub failed ' +
    `to print it. ${WHOLE_LOG}`,
  'cut-group': `The log ends within the group "GITHUB_TOKEN Permissions", so lines may be missing. ${WHOLE_LOG}`,
  'unreadable-group':
    'The group "GITHUB_TOKEN Permissions" has other lines than GitHub prints, or lacks "Metadata: read", which is ' +
    `always there. ${WHOLE_LOG}`,
  'no-rows': 'The log fits no run that this workflow file can have.',
  'called-file-not-read':
    'A called workflow could not be read, so only the most that the job can have is known. The log does not exceed it.',
};

/** Why a log was not compared, and what to do. */
export function notComparedReason(because: NotComparedBecause, date: string | null): string {
  if (because !== 'too-old') return REASONS[because];
  const when = date === null ? 'The log is too old' : `The log is of ${date}`;
  return `${when}: it is not known which permissions GitHub had then.`;
}
