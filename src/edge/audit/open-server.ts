import { serverOf } from '../called/api-access.ts';
import type { Asker } from '../called/api-reasons.ts';
import type { CommandWorld } from '../command-line/command.ts';
import { forServer } from '../github/for-server.ts';
import { ApiError } from '../github/github-api.ts';
import type { SharedValues } from '../command-line/option-table.ts';
import { apiProblem } from '../runs/api-problem.ts';
import { ToolError } from '../tool-error.ts';
import { openAuditApi, type AuditApi } from './api.ts';
import { timeOf } from './progress.ts';

/** The server of an audit. */
export interface AuditServer {
  readonly asker: Asker;
  readonly api: AuditApi;
}

/**
 * Opens the API that the environment names.
 *
 * @throws ToolError when none is known, or there is no token: GraphQL answers nobody without one.
 */
export async function openServer(
  { env, progress, say }: Pick<CommandWorld, 'env' | 'progress' | 'say'>,
  isServer: boolean,
): Promise<AuditServer> {
  const server = serverOf(env, isServer);
  if (server.kind === 'none') throw new ToolError(`${server.reason}.`);
  if (server.token === null) {
    throw new ToolError(
      `An audit needs a token. Set ${server.tokenName} to one with the rights "metadata: read" and "contents: read" for the repositories.`,
    );
  }
  const { baseUrl, token, tokenName } = server;
  let told = 0;
  const waits = (until: number): void => {
    // Many wait for the same.
    if (until - told < 1_000) return;
    told = until;
    progress.end();
    say(`The API answers no more requests for now. This goes on at ${timeOf(until + 59_999)}.`);
  };
  return { asker: { baseUrl, token, tokenName }, api: await openAuditApi(server, waits) };
}

/** The values with the version of the server, where it is one, and what to say of that. */
export async function forThisServer<Values extends Pick<SharedValues, 'ghes' | 'offline'>>(
  values: Values,
  { env, say }: Pick<CommandWorld, 'env' | 'say'>,
): Promise<Values> {
  const asked = await forServer(values, serverOf(env, false));
  if (asked.note !== '') say(asked.note.trimEnd());
  return asked.values;
}

/** Says what goes wrong with the server in words that help. */
export async function explained<Result>(
  what: string,
  { asker }: AuditServer,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ToolError(apiProblem(error, what, 'metadata: read", "contents: read', { ...asker, kind: 'server' }));
  }
}
