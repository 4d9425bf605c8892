import type { Grant } from '../model/grant.ts';
import type { Cause } from './causes.ts';

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
      return `${settingsInWords(cause.row)} The log is what that gives.`;
    case 'other-run': {
      const { events, actor } = cause.row;
      const hint = secretSource === 'Dependabot' ? ' Its secrets are those of Dependabot.' : '';
      return `The run was started by ${ACTORS[actor]} (${events.join(', ')}). The log is what that gives.${hint}`;
    }
    case 'doubt':
      return `What was computed is not certain: ${cause.doubt}`;
    case 'other-version':
      return cause.isDefault
        ? 'The run was of another version of the file, or the settings of the repository were others then. Give the commit of the run with --at.'
        : 'The run was of another version of the file. Give its commit with --at.';
  }
}

function settingsInWords({ defaultPermissions, visibility, forkPullRequests }: Grant): string {
  const parts = [
    ...(defaultPermissions === undefined ? [] : [`the setting "Workflow permissions" was ${defaultPermissions}`]),
    ...(visibility === undefined ? [] : [`the repository was ${visibility}`]),
    ...(forkPullRequests === undefined ? [] : [`the setting for pull requests from forks was ${forkPullRequests}`]),
  ];
  if (parts.length === 0) return 'A setting is another than was said.';
  const text = parts.join(' and ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
