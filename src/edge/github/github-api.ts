import { setTimeout as sleepFor } from 'node:timers/promises';

import { graphqlUrl, takeGraphql, type GraphqlAnswer, type Question } from './graphql-answer.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorMessage, ToolError } from '../tool-error.ts';

/** Which server to ask, and as whom. */
export interface ApiAccess {
  /** Such as `https://api.github.com`, without a slash at the end. The token goes to this origin only. */
  readonly baseUrl: string;
  /** `null` asks without one, for what is public. */
  readonly token: string | null;
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
  /** Where a limit is reached and the server does not say for how long. Left out, as after a failure. */
  readonly limitWait?: number;
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
  /** Too many requests: not what was asked for is the trouble, but how often. */
  readonly isLimit: boolean;
  /** What may help when there was no answer. */
  readonly advice: string;

  constructor(status: number, message: string, isLimit = false, advice = 'Run this again later') {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.isLimit = isLimit;
    this.advice = advice;
  }
}

/** The server asks for a longer wait than we have. */
export class LimitError extends ToolError {
  /** When it will answer again, by our clock. */
  readonly until: Date;

  constructor(message: string, until: Date) {
    super(message);
    this.name = 'LimitError';
    this.until = until;
  }
}

/**
 * Gets one JSON object.
 *
 * @throws ApiError when the server refuses, or fails each time.
 * @throws ToolError when the server sends us elsewhere, or asks for a longer wait than we have.
 */
export type GetJson = (route: string, parameters: Parameters) => Promise<object>;

/** The body of an answer, as it came. */
export interface Body {
  readonly bytes: Uint8Array;
  /** Empty when the server does not say. */
  readonly contentType: string;
}

/**
 * Gets a body in a media type, and reads no more of it than so many bytes. What has moved for good is not followed: the
 * name that was asked for does not exist any more.
 *
 * @throws as `GetJson` does; an ApiError with the status 301 or 308 for what has moved.
 */
export type GetBytes = (route: string, parameters: Parameters, accept: string, most: number) => Promise<Body>;

/**
 * Gets a body as `GetBytes` does, or the address that the server sends us on to, be it of another server. Nobody follows
 * it here: our token is not for that server.
 */
export type GetBytesOrMove = (
  route: string,
  parameters: Parameters,
  accept: string,
  most: number,
) => Promise<Body | { readonly location: string }>;

type Parameters = Readonly<Record<string, string>>;

/** The headers of an answer, their names in lower case. */
export type Headers = Readonly<Record<string, string | number | undefined>>;

/** Gets one JSON object with the headers that came with it. Throws as `GetJson` does. */
export type GetAnswer = (
  route: string,
  parameters: Parameters,
) => Promise<{ readonly data: object; readonly headers: Headers }>;

/**
 * Asks the GraphQL API. A server that gives up is not asked again: a smaller question may be what helps.
 *
 * @throws as `GetJson` does; an ApiError with a status of 500 or more for a question that was too much.
 */
export type AskGraphql = (question: Question) => Promise<GraphqlAnswer>;

/** What to ask for beside the route, and what to make of the answer; `null`: it is not what was asked for. */
interface Wanted<Data> {
  readonly headers: Readonly<Record<string, string>>;
  readonly parseSuccessResponseBody: boolean;
  readonly followsMoves: boolean;
  /** Takes an address that the server sends us on to; left out, it is followed on the same server. */
  readonly takeMove?: (location: string) => Data;
  readonly take: (data: unknown, headers: Headers) => Data | ApiError | null | Promise<Data | null>;
  /** Whether a server that fails is not asked the same again. */
  readonly failsAtOnce?: true;
}

type Attempt<Data> =
  | { readonly kind: 'done'; readonly data: Data }
  | { readonly kind: 'moved'; readonly location: string; readonly status: number }
  | { readonly kind: 'refused'; readonly error: ApiError }
  | { readonly kind: 'again'; readonly error: ApiError; readonly wait: number | null };

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const MOVED_FOR_GOOD: ReadonlySet<number> = new Set([301, 308]);
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
    // By the clock of the server, as ours may be wrong.
    const now = Date.parse(String(headers.date)) || Date.now();
    return Math.max(0, reset * 1000 - now);
  }
  return null;
}

/** https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNKNOWN_AUTHORITY: ReadonlySet<unknown> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Whether nobody whom Node trusts vouches for the server. Octokit and `fetch` wrap the error of the connection. */
function isUnknownAuthority(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if (UNKNOWN_AUTHORITY.has((one as { code?: unknown }).code)) return true;
  }
  return false;
}

const TRUST_AUTHORITY =
  'Set NODE_EXTRA_CA_CERTS to a file with the certificate of the authority that signs for this server';

/** What to make of an error of Octokit's: no answer, an answer that may be better next time, or a refusal. */
function judge(error: unknown, timedOut: boolean, timeout: number): Exclude<Attempt<never>, { kind: 'done' }> {
  const { status, response } = error as { status?: number; response?: { headers: Headers } };
  if (timedOut || response === undefined || status === undefined) {
    const what = timedOut ? `there was no answer within ${timeout / 1000} s` : errorMessage(error);
    // A name that nobody knows: no network, most likely. Asking again would only take time.
    if (what.includes('ENOTFOUND')) return { kind: 'refused', error: new ApiError(0, what) };
    if (isUnknownAuthority(error)) return { kind: 'refused', error: new ApiError(0, what, false, TRUST_AUTHORITY) };
    return { kind: 'again', error: new ApiError(0, what), wait: null };
  }
  const limited =
    status === 429 ||
    (status === 403 && (waitOf(response.headers) !== null || /secondary rate limit/i.test(errorMessage(error))));
  const refusal = new ApiError(status, `HTTP ${status}: ${errorMessage(error)}`, limited);
  if (limited || status >= 500) return { kind: 'again', error: refusal, wait: waitOf(response.headers) };
  return { kind: 'refused', error: refusal };
}

/** The same for what an answer tells although its status is 200. */
function judgeTold(error: ApiError, headers: Headers): Exclude<Attempt<never>, { kind: 'done' }> {
  if (error.isLimit || error.status >= 500) return { kind: 'again', error, wait: waitOf(headers) };
  return { kind: 'refused', error };
}

/** Where a redirect leads, unless it is another origin, where our token must not go. */
function sameOrigin(location: string, access: ApiAccess, from: string): string {
  const { origin, href } = new URL(access.baseUrl);
  const target = URL.canParse(location, href) ? new URL(location, href) : null;
  if (target?.origin === origin) return target.href;
  throw new ToolError(
    `The API at ${access.baseUrl} sends the request for ${from} on to ${inQuotes(target?.origin ?? location)}. ` +
      'The token is not sent to another server.',
  );
}

function limitReached(access: ApiAccess, wait: number, error: ApiError): LimitError {
  return new LimitError(
    `The API at ${access.baseUrl} asks for a wait of ${Math.ceil(wait / 1000)} s (${inQuotes(error.message)}). ` +
      'Run this again later, or check the repository out first with actions/checkout, which needs no API.',
    new Date(Date.now() + wait),
  );
}

/** Octokit hands out what it has of an answer that broke off, so what is no object counts as no answer. */
const JSON_OBJECT: Wanted<{ readonly data: object; readonly headers: Headers }> = {
  headers: {},
  parseSuccessResponseBody: true,
  followsMoves: true,
  take: (data, headers) => (typeof data === 'object' && data !== null ? { data, headers } : null),
};

const GRAPHQL: Wanted<GraphqlAnswer> = {
  headers: {},
  parseSuccessResponseBody: true,
  followsMoves: false,
  take: (data) => {
    const answer = takeGraphql(data);
    return answer !== null && 'status' in answer
      ? new ApiError(answer.status, `GraphQL: ${answer.message}`, answer.isLimit)
      : answer;
  },
  failsAtOnce: true,
};

/** Octokit would decode the text, which loses bytes; and would read all of it, however long it is. */
function bodyAs(accept: string, most: number): Wanted<Body> {
  return {
    headers: { accept },
    parseSuccessResponseBody: false,
    followsMoves: false,
    take: async (data, headers) => ({
      bytes: isStream(data) ? await firstBytes(data, most) : new Uint8Array(),
      contentType: String(headers['content-type'] ?? ''),
    }),
  };
}

function isStream(data: unknown): data is ReadableStream<Uint8Array> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

async function firstBytes(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop early cancels the rest of the answer.
    for await (const chunk of stream) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= most) break;
    }
  } catch {
    throw new Error('the answer broke off');
  }
  return Buffer.concat(chunks).subarray(0, most);
}

/** What the API can be asked for. */
export interface GitHubApi {
  readonly json: GetJson;
  readonly answer: GetAnswer;
  readonly bytes: GetBytes;
  readonly bytesOrMove: GetBytesOrMove;
  readonly graphql: AskGraphql;
}

/** Is told the headers of every answer, refusals too: they say what is left of a limit. */
export type SeenHeaders = (headers: Headers) => void;

/**
 * Opens the REST API for JSON. See `connectApi`.
 *
 * @throws ToolError when the server's URL is malformed.
 */
export async function openApi(access: ApiAccess, patience: Patience = PATIENCE): Promise<GetJson> {
  return (await connectApi(access, patience)).json;
}

/**
 * Opens the REST API. Octokit is loaded here and nowhere else, so that a run which needs no network does without.
 *
 * @throws ToolError when the server's URL is malformed.
 */
export async function connectApi(
  access: ApiAccess,
  patience: Patience = PATIENCE,
  seen: SeenHeaders = () => {},
): Promise<GitHubApi> {
  if (!/^https?:$/.test(URL.canParse(access.baseUrl) ? new URL(access.baseUrl).protocol : '')) {
    throw new ToolError(`GITHUB_API_URL is ${inQuotes(access.baseUrl)}, which is not the URL of a server.`);
  }
  const [{ Octokit }, { HttpClient }, { fetch }] = await Promise.all([
    import('@octokit/core'),
    import('@actions/http-client'),
    import('undici'),
  ]);
  const silent = (): void => {};
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  // HTTPS_PROXY and NO_PROXY as the runner reads them, for the server that is asked.
  const dispatcher = new HttpClient().getAgentDispatcher(access.baseUrl);
  const throughProxy: typeof fetch = (url, options) => fetch(url, { ...options, ...(dispatcher && { dispatcher }) });
  const options = { baseUrl: access.baseUrl, log, request: { fetch: throughProxy } };
  const octokit = new Octokit(access.token === null ? options : { ...options, auth: access.token });
  const deadline = Date.now() + patience.total;

  async function attempt<Data>(route: string, parameters: object, wanted: Wanted<Data>): Promise<Attempt<Data>> {
    const { headers, parseSuccessResponseBody } = wanted;
    const signal = AbortSignal.timeout(patience.timeout);
    try {
      const request = { redirect: 'manual' as const, signal, parseSuccessResponseBody };
      const response = await octokit.request(route, { ...parameters, headers, request });
      seen(response.headers);
      const { location } = response.headers;
      if (REDIRECTS.has(response.status) && location) {
        if (isStream(response.data)) await response.data.cancel();
        return { kind: 'moved', location, status: response.status };
      }
      const data = await wanted.take(response.data, response.headers);
      if (data instanceof ApiError) return judgeTold(data, response.headers);
      if (!signal.aborted && data !== null) return { kind: 'done', data };
      return judge(new Error('the answer broke off, or is not JSON'), signal.aborted, patience.timeout);
    } catch (error) {
      const { response } = error as { response?: { headers: Headers } };
      if (response !== undefined) seen(response.headers);
      return judge(error, signal.aborted, patience.timeout);
    }
  }

  async function get<Data>(route: string, parameters: object, wanted: Wanted<Data>): Promise<Data> {
    let target = route;
    let redirects = 0;
    for (let count = 1; ; count += 1) {
      const result = await attempt(target, target === route ? parameters : {}, wanted);
      if (result.kind === 'done') return result.data;
      if (result.kind === 'refused') throw result.error;
      if (result.kind === 'moved') {
        if (wanted.takeMove !== undefined) return wanted.takeMove(result.location);
        redirects += 1;
        if (redirects > MOST_REDIRECTS) throw new ApiError(0, 'the server redirects too often');
        target = `GET ${sameOrigin(result.location, access, route)}`;
        if (!wanted.followsMoves && MOVED_FOR_GOOD.has(result.status)) {
          throw new ApiError(result.status, `HTTP ${result.status}: moved for good`);
        }
        continue;
      }
      if (wanted.failsAtOnce === true && !result.error.isLimit) throw result.error;
      const unsaid = result.error.isLimit ? patience.limitWait : undefined;
      const wait = result.wait ?? unsaid ?? patience.firstWait * 2 ** (count - 1);
      if (wait > patience.longestWait) throw limitReached(access, wait, result.error);
      if (count - redirects >= patience.attempts || Date.now() + wait > deadline) throw result.error;
      await patience.sleep(wait);
    }
  }

  return {
    json: async (route, parameters) => (await get(route, parameters, JSON_OBJECT)).data,
    answer: (route, parameters) => get(route, parameters, JSON_OBJECT),
    bytes: (route, parameters, accept, most) => get(route, parameters, bodyAs(accept, most)),
    bytesOrMove: (route, parameters, accept, most) =>
      get<Body | { readonly location: string }>(route, parameters, {
        ...bodyAs(accept, most),
        takeMove: (location) => ({ location }),
      }),
    graphql: ({ query, variables }) => get(`POST ${graphqlUrl(access.baseUrl)}`, { query, variables }, GRAPHQL),
  };
}
