import type { RepositoryFile } from '../../model/called-file.ts';
import { ApiError, type Body, type GetBytes } from '../github/github-api.ts';
import { isFullCommit } from './source.ts';

function parsed({ bytes }: Body): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString());
  } catch {
    return null;
  }
}

/**
 * The commit out of an answer: its name alone, as the media type `application/vnd.github.sha` has it, or all about it,
 * from a server that does not know that media type.
 *
 * @see https://docs.github.com/en/rest/commits/commits#get-a-commit
 */
function commitIn(body: Body): string {
  const text = Buffer.from(body.bytes).toString().trim();
  const { sha = text } = (parsed(body) ?? {}) as { sha?: unknown };
  if (typeof sha === 'string' && isFullCommit(sha)) return sha.toLowerCase();
  throw new ApiError(0, 'the answer holds no commit');
}

/** Enough for all that a commit's answer may hold, should the server not know the short form of it. */
const MOST_OF_A_COMMIT = 1_048_576;

/** The commit that a ref means. `heads/…` and `tags/…` are how this endpoint writes what a branch or a tag is in full. */
export async function askForCommit(ask: GetBytes, { owner, name, ref }: Omit<RepositoryFile, 'path'>): Promise<string> {
  const route = 'GET /repos/{owner}/{name}/commits/{ref}';
  const short = ref.replace(/^refs\/(?=heads\/|tags\/)/, '');
  return commitIn(await ask(route, { owner, name, ref: short }, 'application/vnd.github.sha', MOST_OF_A_COMMIT));
}

/**
 * The bytes of a file out of an answer, or `null` when a folder or a submodule is there. Those come as JSON whatever is
 * asked for, as does a file from a server that does not know the media type of raw contents.
 *
 * @see https://docs.github.com/en/rest/repos/contents#get-repository-content
 */
export function fileIn(body: Body): Uint8Array | null {
  if (!/^application\/json\b/i.test(body.contentType)) return body.bytes;
  const answer = parsed(body);
  if (Array.isArray(answer)) return null;
  const { type, encoding, content } = (answer ?? {}) as Record<string, unknown>;
  if (type === 'submodule' || type === 'symlink' || type === 'dir') return null;
  if (type === 'file' && encoding === 'base64' && typeof content === 'string') return Buffer.from(content, 'base64');
  return body.bytes;
}
