/** What is asked of the GraphQL API. Whatever strangers have named goes into the variables, never into the query. */
export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Why one part of an answer is missing. */
export interface GraphqlError {
  /** Such as `NOT_FOUND` or `FORBIDDEN`; empty when the server does not say. */
  readonly type: string;
  /** Where in the answer: names of fields, and numbers in lists. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What the GraphQL API answers: what it found, and why the rest is missing. */
export interface GraphqlAnswer {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly GraphqlError[];
}

/** An answer that is none, in the words of HTTP: what its status would be, had the server used one. */
export interface GraphqlFailure {
  readonly status: 200 | 400 | 502;
  readonly message: string;
  /** Too many points were used. */
  readonly isLimit: boolean;
}

/** The GraphQL API of a server: a GitHub Enterprise Server has it beside the REST API, not below. */
export function graphqlUrl(baseUrl: string): string {
  return `${baseUrl.replace(/\/v3$/, '')}/graphql`;
}

/**
 * The server gave up, and may not with a smaller question
 * (https://docs.github.com/en/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api).
 */
const TOO_MUCH: ReadonlySet<string> = new Set([
  'RESOURCE_LIMITS_EXCEEDED',
  'MAX_NODE_LIMIT_EXCEEDED',
  'TIMEOUT',
  'INTERNAL',
]);
const GAVE_UP = /timeout|timed out|something went wrong/i;

/**
 * Takes the body of an answer with the status 200, in which all that can go wrong is told.
 *
 * @returns a failure for a limit that is reached, a question that was too much, or one that the server does not
 *   understand; `null` for what is no answer at all.
 */
export function takeGraphql(body: unknown): GraphqlAnswer | GraphqlFailure | null {
  if (typeof body !== 'object' || body === null) return null;
  const { data, errors: told } = body as { data?: unknown; errors?: unknown };
  const errors = (Array.isArray(told) ? told : []).map(toError);
  const limit = errors.find(({ type }) => type === 'RATE_LIMITED' || type === 'RATE_LIMIT');
  if (limit !== undefined) return { status: 200, message: limit.message, isLimit: true };
  const tooMuch = errors.find(({ type, message }) => TOO_MUCH.has(type) || (type === '' && GAVE_UP.test(message)));
  if (tooMuch !== undefined) return { status: 502, message: tooMuch.message, isLimit: false };
  if (typeof data === 'object' && data !== null) return { data: data as Record<string, unknown>, errors };
  const [first] = errors;
  return first === undefined ? null : { status: 400, message: first.message, isLimit: false };
}

function toError(value: unknown): GraphqlError {
  const { type, path, message } = (value ?? {}) as Record<string, unknown>;
  return {
    type: typeof type === 'string' ? type : '',
    path: Array.isArray(path) ? path.filter((step) => typeof step === 'string' || typeof step === 'number') : [],
    message: typeof message === 'string' ? message : 'no reason given',
  };
}
