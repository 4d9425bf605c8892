import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import { ApiError, LimitError } from '../github/github-api.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorMessage } from '../tool-error.ts';
import { isEnterpriseServer } from './api-access.ts';
import { repositoryOf } from './source.ts';

/** Who asked, for what a refusal means and what may help. */
export interface Asker {
  readonly baseUrl: string;
  readonly token: string | null;
  /** What the user calls the place that the token comes from. */
  readonly tokenName: string;
}

type Unread = Exclude<CalledSource, { kind: 'found' }>;

/** Whole minutes of UTC, which is what a log has as well. */
function timeOf(until: Date): string {
  return `${until.toISOString().slice(11, 16)} UTC`;
}

function unavailable(reason: string): Unread {
  return { kind: 'unavailable', reason };
}

function notFound(reason: string): Unread {
  return { kind: 'not-found', reason };
}

/** A server does not tell apart what is not there and what may not be seen; neither can we. */
function missing(file: RepositoryFile, { baseUrl, token, tokenName }: Asker): Unread {
  const isServer = isEnterpriseServer(baseUrl);
  const what = `${isServer ? `The API at ${baseUrl}` : "GitHub's API"} has no such file, ref or repository, or`;
  const right = `with the right "contents: read" for ${repositoryOf(file)}`;
  // https://docs.github.com/en/enterprise-server/admin/managing-github-actions-for-your-enterprise/managing-access-to-actions-from-githubcom/enabling-automatic-access-to-githubcom-actions-using-github-connect
  const connect = isServer
    ? `. What the server gets from github.com through GitHub Connect cannot be read here: put a checkout into the folder "repositories"`
    : '';
  return notFound(
    token === null
      ? `${what} does not show it without a token. If it is private, set ${tokenName} to a token ${right}${connect}`
      : `${what} may not show it to this token. If it is private, set ${tokenName} to a token ${right}${connect}`,
  );
}

function limited(error: Error, { token, tokenName }: Asker): Unread {
  const until = error instanceof LimitError ? ` until ${timeOf(error.until)}` : '';
  return unavailable(
    token === null
      ? `GitHub's API answers no more requests without a token${until}. Set ${tokenName}, or run this again later`
      : `GitHub's API answers no more requests${until}, as its limit is reached. Run this again later`,
  );
}

/** What git shows for a commit; a branch of such a name would hardly be on a commit that begins like that. */
const SHORT_COMMIT = /^[0-9a-f]{7,39}$/i;

/**
 * Refuses the beginning of a commit, which the API takes for the commit. A call does not, and no run starts:
 * https://github.com/llm-d/llm-d/pull/762
 */
export function shortenedCommit(ref: string, commit: string): Unread | null {
  if (!SHORT_COMMIT.test(ref) || !commit.startsWith(ref.toLowerCase())) return null;
  return notFound(`GitHub takes no shortened commit. Write @${commit} in place of @${ref}`);
}

/** There is the commit, and not the file. */
export function noFile(file: RepositoryFile, commit: string): Unread {
  return notFound(`There is no file ${file.path} in ${repositoryOf(file)} at ${file.ref} (the commit ${commit})`);
}

/** There is something else in place of the file. */
export function notAFile(file: RepositoryFile): Unread {
  return notFound(`In ${repositoryOf(file)} at ${file.ref}, ${file.path} is a folder or a link, not a file`);
}

/** Says in plain words why the API did not give a file, and what may help. */
export function unreadFor(error: unknown, file: RepositoryFile, asker: Asker): Unread {
  if (error instanceof LimitError) return limited(error, asker);
  if (!(error instanceof ApiError)) return unavailable(errorMessage(error));
  if (error.isLimit) return limited(error, asker);
  const said = inQuotes(error.message);
  switch (error.status) {
    case 301:
    case 308:
      // "workflow was not found" becomes of a call by a name of old: https://github.com/camunda/camunda/pull/19084
      return notFound(
        `GitHub's API knows ${repositoryOf(file)} by another name, and a call does not follow a rename. Write the new name`,
      );
    case 404:
      return missing(file, asker);
    // No such ref, and a repository without any commit.
    case 409:
    case 422:
      return notFound(`${repositoryOf(file)} has no branch, tag or commit ${inQuotes(file.ref)}`);
    case 401:
      return unavailable(
        `GitHub's API does not accept the token (${said}). Set ${asker.tokenName} to a token that is valid`,
      );
    case 403:
    case 451:
      return unavailable(
        `GitHub's API refuses (${said}). Set ${asker.tokenName} to a token with the right "contents: read" for ${repositoryOf(file)}`,
      );
    case 0:
      return unavailable(`The API at ${asker.baseUrl} gave no answer (${said}). ${error.advice}`);
    default:
      return unavailable(`The API at ${asker.baseUrl} failed (${said}). Run this again later`);
  }
}
