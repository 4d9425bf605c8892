import { setTimeout as sleepFor } from 'node:timers/promises';

import { inQuotes } from './in-quotes.ts';
import { errorMessage, ToolError } from './tool-error.ts';

/** Which server to ask, and as whom. */
export interface ApiAccess {
  /** Such as `https://api.github.com`, without a slash at the end. The token goes to this origin only. */
  readonly baseUrl: string;
  readonly token: string;
}

/** How long to wait for an answer, and how often to ask again. Milliseconds. */
export interface Patience {
  readonly timeout: number;
  readonly attempts: number;
  readonly firstWait: number;
  /** A server that asks for a longer wait is not waited for. */
  readonly longestWait: number;
  /** For all requests together. */
  readonly total: number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

export const PATIENCE: Patience = {
  timeout: 30_000,
  attempts: 4,
  firstWait: 1_000,
  longestWait: 60_000,
  total: 300_000,
  sleep: (milliseconds) => sleepFor(milliseconds),
};

/** The API refused or failed for good. `status` is that of HTTP, or 0 when there was no answer. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/**
 * Gets one JSON object.
 *
 * @throws ApiError when the server refuses, or fails each time.
 * @throws ToolError when the server sends us elsewhere, or asks for a longer wait than we have.
 */
export type GetJson = (route: string, parameters: Readonly<Record<string, string>>) => Promise<object>;

type Headers = Readonly<Record<string, string | number | undefined>>;

type Attempt =
  | { readonly kind: 'done'; readonly data: object }
  | { readonly kind: 'moved'; readonly location: string }
  | { readonly kind: 'refused'; readonly error: ApiError }
  | { readonly kind: 'again'; readonly error: ApiError; readonly wait: number | null };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOST_REDIRECTS = 5;

/**
 * How long a rate limit asks to wait, in milliseconds; `null` when it does not say
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#handle-rate-limit-errors-appropriately).
 */
function waitOf(headers: Headers): number | null {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(0, after * 1000);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) {
    return Math.max(0, reset * 1000 - Date.now());
  }
  return null;
}

/** What to make of an error of Octokit's: no answer, an answer that may be better next time, or a refusal. */
function judge(error: unknown, timedOut: boolean, timeout: number): Attempt {
  const { status, response } = error as { status?: number; response?: { headers: Headers } };
  if (timedOut || response === undefined || status === undefined) {
    const what = timedOut ? `there was no answer within ${timeout / 1000} s` : errorMessage(error);
    return { kind: 'again', error: new ApiError(0, what), wait: null };
  }
  const refusal = new ApiError(status, `HTTP ${status}: ${errorMessage(error)}`);
  const limited =
    status === 429 ||
    (status === 403 && (waitOf(response.headers) !== null || /secondary rate limit/i.test(errorMessage(error))));
  if (limited || status >= 500) return { kind: 'again', error: refusal, wait: waitOf(response.headers) };
  return { kind: 'refused', error: refusal };
}

/** Where a redirect leads, unless it is another origin, where our token must not go. */
function sameOrigin(location: string, access: ApiAccess, from: string): string {
  const { origin, href } = new URL(access.baseUrl);
  const target = URL.canParse(location, href) ? new URL(location, href) : null;
  if (target?.origin === origin) return target.href;
  throw new ToolError(
    `The API at ${access.baseUrl} sends the request for ${from} on to ${inQuotes(target?.origin ?? location)}. ` +
      'Our token is for no other server, so we do not follow.',
  );
}

function limitReached(access: ApiAccess, wait: number, error: ApiError): ToolError {
  return new ToolError(
    `The API at ${access.baseUrl} asks for a wait of ${Math.ceil(wait / 1000)} s (${inQuotes(error.message)}). ` +
      'Run this again later, or check the repository out first with actions/checkout, which needs no API.',
  );
}

/**
 * Opens the REST API. Octokit is loaded here and nowhere else, so that a run which needs no network does without.
 *
 * @throws ToolError when the server's URL is malformed.
 */
export async function openApi(access: ApiAccess, patience: Patience = PATIENCE): Promise<GetJson> {
  if (!/^https?:$/.test(URL.canParse(access.baseUrl) ? new URL(access.baseUrl).protocol : '')) {
    throw new ToolError(`GITHUB_API_URL is ${inQuotes(access.baseUrl)}, which is not the URL of a server.`);
  }
  const { getOctokit } = await import('@actions/github');
  const silent = (): void => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const octokit = getOctokit(access.token, { baseUrl: access.baseUrl, log });
  const deadline = Date.now() + patience.total;

  async function attempt(route: string, parameters: Readonly<Record<string, string>>): Promise<Attempt> {
    const signal = AbortSignal.timeout(patience.timeout);
    try {
      const request = { redirect: 'manual' as const, signal };
      const response = await octokit.request(route, { ...parameters, request });
      const { location } = response.headers;
      if (REDIRECTS.has(response.status) && location) return { kind: 'moved', location };
      const data: unknown = response.data;
      // Octokit hands out what it has of an answer that broke off, so what is no object counts as no answer.
      if (!signal.aborted && typeof data === 'object' && data !== null) return { kind: 'done', data };
      return judge(new Error('the answer broke off, or is not JSON'), signal.aborted, patience.timeout);
    } catch (error) {
      return judge(error, signal.aborted, patience.timeout);
    }
  }

  return async (route, parameters) => {
    let target = route;
    let redirects = 0;
    for (let count = 1; ; count += 1) {
      const result = await attempt(target, target === route ? parameters : {});
      if (result.kind === 'done') return result.data;
      if (result.kind === 'refused') throw result.error;
      if (result.kind === 'moved') {
        redirects += 1;
        if (redirects > MOST_REDIRECTS) throw new ApiError(0, 'the server sends us on and on');
        target = `GET ${sameOrigin(result.location, access, route)}`;
        continue;
      }
      const wait = result.wait ?? patience.firstWait * 2 ** (count - 1);
      if (wait > patience.longestWait) throw limitReached(access, wait, result.error);
      if (count - redirects >= patience.attempts || Date.now() + wait > deadline) throw result.error;
      await patience.sleep(wait);
    }
  };
}
