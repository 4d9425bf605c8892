import { once } from '../called/once.ts';
import { connectApi, LimitError, ApiError, PATIENCE, type GitHubApi, type Patience } from '../github/github-api.ts';
import type { Server } from '../runs/server-of-run.ts';

/** So many requests and no more: a job's token has 1,000 an hour for the whole repository. */
export const MOST_REQUESTS = 150;

/** Whoever waits for a limit to end makes the job wait. */
const IMPATIENT: Patience = { ...PATIENCE, attempts: 3, longestWait: 2_000, total: 120_000 };

/** No more requests are made: we have made as many as we may, or the server wants no more. */
export class StopError extends Error {}

/** Whether an error is about how often was asked. */
export function isLimit(error: unknown): boolean {
  return error instanceof LimitError || (error instanceof ApiError && error.isLimit);
}

/** The API, with a bound for all requests together. Once the server wants no more, it is not asked again. */
export async function limitedApi(server: Server, most: number = MOST_REQUESTS): Promise<GitHubApi> {
  const api = await connectApi(server, IMPATIENT);
  let asked = 0;
  let over: StopError | null = null;
  async function limited<Result>(call: () => Promise<Result>): Promise<Result> {
    if (over === null && asked >= most) over = new StopError(`no more than ${most} requests are made`);
    if (over !== null) throw over;
    asked += 1;
    try {
      return await call();
    } catch (error) {
      if (!isLimit(error)) throw error;
      over = new StopError('the API answers no more requests');
      throw over;
    }
  }
  return {
    // Commits share folders and files, and runs share commits.
    json: once(
      (route: string, parameters: Readonly<Record<string, string>>) => JSON.stringify([route, parameters]),
      (route, parameters) => limited(() => api.json(route, parameters)),
    ),
    answer: (...args) => limited(() => api.answer(...args)),
    bytes: (...args) => limited(() => api.bytes(...args)),
    bytesOrMove: (...args) => limited(() => api.bytesOrMove(...args)),
    graphql: (...args) => limited(() => api.graphql(...args)),
  };
}
