import type { Server } from './server-of-run.ts';
import { ApiError, LimitError } from '../github/github-api.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { ToolError } from '../tool-error.ts';

/**
 * Why the API did not give something, in one or two sentences, and what helps.
 *
 * @param what such as "The run 17 of octo-org/octo-repo".
 * @param right what a token needs for it, such as "actions: read".
 */
export function apiProblem(error: unknown, what: string, right: string, { baseUrl, token, tokenName }: Server): string {
  if (error instanceof LimitError || (error instanceof ApiError && error.isLimit)) {
    const until = error instanceof LimitError ? ` before ${error.until.toISOString().slice(11, 16)} UTC` : '';
    const help = token === null ? `Set ${tokenName} to a token, which may ask more often` : 'Run this again later';
    return `${what} could not be read: the API answers no more requests${until}. ${help}.`;
  }
  if (!(error instanceof ApiError)) return error instanceof ToolError ? error.message : `${what}: ${String(error)}.`;
  const said = inQuotes(error.message);
  const give = token === null ? `Set ${tokenName} to a token` : `Give ${tokenName} a token`;
  switch (error.status) {
    case 401:
      return `${what} could not be read: the API does not accept the token (${said}). ${give} that is valid.`;
    case 403:
    case 404:
      return `${what} could not be read (${said}). It does not exist, or the token may not see it. ${give} with the right "${right}".`;
    case 409:
    case 422:
      return `${what} could not be read (${said}). It does not exist.`;
    case 0:
      return `${what} could not be read: the API at ${baseUrl} gave no answer (${said}). Run this again later.`;
    default:
      return `${what} could not be read: the API at ${baseUrl} failed (${said}). Run this again later.`;
  }
}
