import type { Grant } from '../model/grant.ts';
import { capital, listed } from '../words/in-words.ts';
import type { Cause, ChangedSettings } from './causes.ts';

const ACTORS: Readonly<Record<Grant['actor'], string>> = {
  repository: 'a change of the repository itself',
  fork: 'a pull request from a fork',
  dependabot: 'Dependabot',
};

/** A cause in one or two sentences. Texts from the log are in them as they are. */
export function causeInWords(cause: Cause, secretSource: string | null): string {
  switch (cause.kind) {
    case 'other-job':
      return `The log is of the job '${cause.name}', which is not the name of this one. Name the job that the log is of.`;
    case 'setting':
      return `${settingsInWords(cause.changed)} The log is what that gives.`;
    case 'other-run': {
      const { events, actor } = cause.row;
      const hint = secretSource === 'Dependabot' ? ' Its secrets are those of Dependabot.' : '';
      return `The run was started by ${ACTORS[actor]} (${events.join(', ')}). The log is what that gives.${hint}`;
    }
    case 'doubt':
      return `What was computed is not certain: ${cause.doubt}`;
    case 'newer': {
      const names = listed(cause.permissions.map((name) => `'${name}'`));
      return `GitHub may have added ${names} after this version was made. Look for a newer one, or add it to \`scopes\` in the policy.`;
    }
    case 'other-version':
      return cause.isDefault
        ? 'The run was of another version of the file, or the settings of the repository were others then. Give the commit of the run with --at.'
        : 'The run was of another version of the file. Give its commit with --at.';
  }
}

function settingsInWords({ defaultPermissions, visibility, forkPullRequests }: ChangedSettings): string {
  const parts = [
    ...(defaultPermissions === undefined ? [] : [`the setting "Workflow permissions" was ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`the repository was ${visibility}`]),
    ...(forkPullRequests == null ? [] : [`the setting for pull requests from forks was ${forkPullRequests}`]),
  ];
  return `${capital(listed(parts))}.`;
}
