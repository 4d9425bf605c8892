import { ApiError } from '../github/github-api.ts';
import type { GraphqlAnswer, GraphqlError } from '../github/graphql-answer.ts';

/** An object out of an answer, of which nothing is known yet. */
export type Part = Readonly<Record<string, unknown>>;

/** A value of an answer as an object; `null` for any other. */
export function part(value: unknown): Part | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : null;
}

/** A list of an answer; an empty one for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** The errors at a place of an answer and below, their paths from there. */
export function errorsBelow({ errors }: GraphqlAnswer, place: readonly (string | number)[]): readonly GraphqlError[] {
  return errors
    .filter(({ path }) => place.every((step, index) => path[index] === step))
    .map((error) => ({ ...error, path: error.path.slice(place.length) }));
}

/** An error of an answer in the words of HTTP, which the reasons for people are made of. */
export function toApiError({ type, message }: GraphqlError): ApiError {
  switch (type) {
    case 'NOT_FOUND':
      return new ApiError(404, message);
    // SAML, or a list of addresses: https://docs.github.com/en/graphql/guides/forming-calls-with-graphql
    case 'FORBIDDEN':
    case 'INSUFFICIENT_SCOPES':
      return new ApiError(403, message);
    default:
      return new ApiError(502, message);
  }
}
