import type { CalledSource, RepositoryFile } from '../../model/called-file.ts';
import {
  ApiError,
  connectApi,
  LimitError,
  PATIENCE,
  type GetBytes,
  type GitHubApi,
  type Patience,
} from '../github/github-api.ts';
import { errorMessage } from '../tool-error.ts';
import { MOST_BYTES, tooManyBytes } from '../files/workflow-folder.ts';
import { askForCommit, fileIn } from './api-answers.ts';
import { noFile, notAFile, shortenedCommit, unreadFor, type Asker } from './api-reasons.ts';
import { atMost } from './at-most.ts';
import type { FileCache } from './disk-cache.ts';
import { once } from './once.ts';
import { isFullCommit, repositoryOf } from './source.ts';

/** GitHub asks for few requests at a time (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api). */
const AT_ONCE = 8;

/** So many failures one after another mean that the server is down, not that one file is odd. */
const FAILURES = 3;

/**
 * Asks the API in a line of few at a time. What concerns every request (a limit that is reached, a token that is no good,
 * a server that is down) ends the asking: the others get the same error without a request.
 */
function asking({ baseUrl, token }: Asker, patience: Patience): GetBytes {
  const inLine = atMost(AT_ONCE);
  // Octokit is loaded and the time counted from the first request on.
  const connect = (): { api: Promise<GitHubApi>; deadline: number } => ({
    api: connectApi({ baseUrl, token }, patience),
    deadline: Date.now() + patience.total,
  });
  let connection: ReturnType<typeof connect> | undefined;
  let over: Error | null = null;
  let failures = 0;
  return (route, parameters, accept, most) =>
    inLine(async () => {
      const { api, deadline } = (connection ??= connect());
      if (over === null && Date.now() > deadline) {
        over = new ApiError(0, `all requests together may take ${patience.total / 1000} s, which are over`);
      }
      if (over !== null) throw over;
      try {
        const body = await (await api).bytes(route, parameters, accept, most);
        failures = 0;
        return body;
      } catch (error) {
        const { status = null, isLimit = false } = error instanceof ApiError ? error : {};
        failures = status === 0 || (status !== null && status >= 500) ? failures + 1 : 0;
        if (error instanceof LimitError || isLimit || status === 401 || failures >= FAILURES) over = error as Error;
        throw error;
      }
    });
}

async function askForFile(ask: GetBytes, file: RepositoryFile, commit: string): Promise<Uint8Array | null> {
  const { owner, name } = file;
  // Octokit would encode the slashes of a path as well, which some proxies in front of a server refuse.
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  const route = `GET /repos/{owner}/{name}/contents/${path}{?ref}`;
  try {
    return fileIn(await ask(route, { owner, name, ref: commit }, 'application/vnd.github.raw+json', MOST_BYTES + 1));
  } catch (error) {
    // What the API says of a file that is far beyond the limit of workflow files.
    if (error instanceof ApiError && /\btoo_large\b/.test(errorMessage(error))) return tooManyBytes();
    throw error;
  }
}

/** Reads called files through the REST API, each once, and each ref's commit once. */
export function contentsApi(
  asker: Asker,
  cache: FileCache,
  patience: Patience = PATIENCE,
): (file: RepositoryFile) => Promise<CalledSource> {
  const ask = asking(asker, patience);
  const commitOf = once(
    ({ owner, name, ref }: RepositoryFile) => `${repositoryOf({ owner, name }).toLowerCase()}@${ref}`,
    (file) => askForCommit(ask, file),
  );
  const fileAt = once(
    (file: RepositoryFile, commit: string) => `${repositoryOf(file).toLowerCase()}@${commit}/${file.path}`,
    async (file, commit) => {
      const { owner, name, path } = file;
      const cached = { baseUrl: asker.baseUrl, owner, name, path, commit };
      const kept = await cache.read(cached);
      if (kept !== null) return kept;
      const bytes = await askForFile(ask, file, commit);
      if (bytes !== null) await cache.write(cached, bytes);
      return bytes;
    },
  );
  return async (file) => {
    const { ref } = file;
    let commit: string | null = null;
    try {
      commit = isFullCommit(ref) ? ref.toLowerCase() : await commitOf(file);
      const shortened = shortenedCommit(ref, commit);
      if (shortened !== null) return shortened;
      const bytes = await fileAt(file, commit);
      return bytes === null ? notAFile(file) : { kind: 'found', bytes, commit, anyRef: false };
    } catch (error) {
      // Whose commit is told may be read, so the file itself is what is missing.
      if (commit !== null && !isFullCommit(ref) && error instanceof ApiError && error.status === 404) {
        return noFile(file, commit);
      }
      return unreadFor(error, file, asker);
    }
  };
}
