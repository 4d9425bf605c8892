/** Where in a file an error stands, as far as it is known. `path` uses `/`. */
export interface ErrorPlace {
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * The tool cannot do its work: exit status 2 on the command line, result `error` in the action. The message is for the
 * user: what is wrong, and what to write instead. Any other thrown value is a mistake of ours.
 */
export class ToolError extends Error {
  readonly place: ErrorPlace;
  /** More to say, each on a line of its own. */
  readonly details: readonly string[];

  constructor(message: string, place: ErrorPlace = {}, details: readonly string[] = []) {
    super(message);
    this.name = 'ToolError';
    this.place = place;
    this.details = details;
  }
}

/** The text in a property of a thrown value. Not every error is an `Error` of ours: those of Node's are its own. */
function textIn(error: unknown, property: 'code' | 'message' | 'stack'): string | null {
  const value: unknown =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[property] : null;
  return typeof value === 'string' ? value : null;
}

/** The code of a system error such as `ENOENT`, or `null` for any other value. */
export function systemErrorCode(error: unknown): string | null {
  return textIn(error, 'code');
}

/** What a thrown value says. */
export function errorMessage(error: unknown): string {
  return textIn(error, 'message') ?? String(error);
}

/** Where an unexpected error comes from, for whoever has to mend it. */
export function errorTrace(error: unknown): string {
  return textIn(error, 'stack') ?? errorMessage(error);
}
