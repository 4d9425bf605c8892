import { setTimeout as sleepFor } from 'node:timers/promises';

import { atMost } from '../called/at-most.ts';
import { ApiError, connectApi, PATIENCE, type ApiAccess, type Body, type Patience } from '../github/github-api.ts';
import type { GraphqlAnswer, Question } from '../github/graphql-answer.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { MOST_BYTES } from '../files/workflow-folder.ts';
import { openBudget, type Budget, type Clock, type Resource } from './budget.ts';

/** What an audit asks a server, within its limits. It waits as long as they want. */
export interface AuditApi {
  readonly budget: Budget;
  /** Throws an ApiError as `AskGraphql` does. */
  readonly graphql: (question: Question) => Promise<GraphqlAnswer>;
  /** Throws as `GetJson` does. */
  readonly json: (route: string, parameters: Readonly<Record<string, string>>) => Promise<object>;
  /** The answer about a file by git's id of it. Throws as `GetBytes` does. */
  readonly blob: (repository: RepositoryName, id: string) => Promise<Body>;
}

const CLOCK: Clock = { now: Date.now, sleep: (milliseconds) => sleepFor(milliseconds) };

const HOUR = 3_600_000;

/** GitHub asks for few requests at a time (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api). */
const AT_ONCE = 8;

/** A limit that is reached again and again: each time the server is asked after the wait that it wants. */
const PATIENT: Omit<Patience, 'sleep'> = {
  ...PATIENCE,
  timeout: 60_000,
  attempts: 6,
  longestWait: 2 * HOUR,
  // An audit may take longer than any limit of time that we would think of.
  total: Number.MAX_SAFE_INTEGER / 2,
  limitWait: 60_000,
};

/** What takes longer than this is a limit, or a server that is down: then nobody asks in the meantime. */
const LONG = 5_000;

/** Opens the API of a server for an audit. `waits` is told until when nobody asks. */
export async function openAuditApi(
  access: ApiAccess,
  waits: (until: number) => void,
  clock: Clock = CLOCK,
): Promise<AuditApi> {
  const budget = openBudget(clock, waits);
  const sleep = (milliseconds: number): Promise<unknown> => {
    if (milliseconds >= LONG) budget.pause(milliseconds);
    return clock.sleep(milliseconds);
  };
  const api = await connectApi(access, { ...PATIENT, sleep }, budget.seen);
  const inLine = { core: atMost(AT_ONCE), graphql: atMost(AT_ONCE) };
  const ask = <Result>(resource: Resource, call: () => Promise<Result>): Promise<Result> =>
    inLine[resource](async () => {
      await budget.ready(resource);
      return call();
    });
  return {
    budget,
    graphql: (question) => ask('graphql', () => api.graphql(question)),
    json: (route, parameters) => ask('core', () => api.json(route, parameters)),
    blob: ({ owner, name }, id) =>
      ask('core', () => {
        const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}';
        const accept = 'application/vnd.github.raw+json';
        return api.bytes(route, { owner, repo: name, file_sha: id }, accept, MOST_BYTES + 1);
      }),
  };
}

/** Whether a server gave up or gave no answer, so that a smaller question may get one. */
export function gaveUp(error: unknown): boolean {
  return error instanceof ApiError && !error.isLimit && (error.status === 0 || error.status >= 500);
}
