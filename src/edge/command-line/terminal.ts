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

/** Terminals that say who they are and have links (https://github.com/Alhadis/OSC8-Adoption). */
const PROGRAMS = new Set(['ghostty', 'iTerm.app', 'rio', 'vscode', 'WezTerm', 'zed']);
const TERMINALS = new Set(['alacritty', 'foot', 'xterm-ghostty', 'xterm-kitty']);

/**
 * Whether to write links: on a terminal that is known to have them, and where somebody says so with `FORCE_HYPERLINK` (`0`
 * means never). A multiplexer in between says that it is another terminal, and is believed.
 */
export function outputLinks(stream: OutputStream, env: NodeJS.ProcessEnv): boolean {
  if (stream.isTTY !== true || env.TERM === 'dumb') return false;
  if (env.FORCE_HYPERLINK) return env.FORCE_HYPERLINK !== '0';
  if (env.CI || env.TMUX || env.STY) return false;
  if (PROGRAMS.has(env.TERM_PROGRAM ?? '') || TERMINALS.has(env.TERM ?? '')) return true;
  // GNOME Terminal and others of its kind, from 0.50.1 on; Windows Terminal; Konsole from 20.12 on.
  return Number(env.VTE_VERSION) > 5000 || Boolean(env.WT_SESSION) || Number(env.KONSOLE_VERSION) >= 201200;
}
