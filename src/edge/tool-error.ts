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

  constructor(message: string, place: ErrorPlace = {}) {
    super(message);
    this.name = 'ToolError';
    this.place = place;
  }
}

/** The code of a system error such as `ENOENT`, or `null` for any other value. */
export function systemErrorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

/** What an unknown thrown value says. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
