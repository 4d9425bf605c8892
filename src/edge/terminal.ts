/** What of a stream decides how to write to it. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Wide enough for tables, narrow enough for every terminal; what a file or a pipe gets. */
const DEFAULT_WIDTH = 80;
const NARROWEST = 40;

/** The width to write for: `COLUMNS` where it is set, the terminal's own, else 80. */
export function outputWidth(stream: OutputStream, env: NodeJS.ProcessEnv): number {
  const written = /^[1-9]\d{0,3}$/.test(env.COLUMNS ?? '') ? Number(env.COLUMNS) : undefined;
  return Math.max(NARROWEST, written ?? (stream.isTTY ? stream.columns : undefined) ?? DEFAULT_WIDTH);
}

/**
 * Whether to write colours: never with `NO_COLOR` (https://no-color.org), always with `FORCE_COLOR`
 * (https://force-color.org; `0` and `false` mean never), else on a terminal that is not `dumb`.
 */
export function outputColor(stream: OutputStream, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return stream.isTTY === true && env.TERM !== 'dumb';
}
