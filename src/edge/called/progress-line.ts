import type { OutputStream } from '../command-line/terminal.ts';

/** A stream that a line can be written to, such as `process.stderr`. */
export interface ProgressStream extends OutputStream {
  write(text: string): unknown;
}

export interface ProgressLine {
  readonly update: (done: number, asked: number) => void;
  /** Says the same in other words. */
  readonly show: (text: string) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** What takes less time needs no line. */
const DELAY = 1000;
const INTERVAL = 100;

/** To the start of the line, and clear it (https://www.ecma-international.org/publications-and-standards/standards/ecma-48). */
const CLEAR = '\r\x1b[K';

/** One line that says how far the reading is, on a terminal only; elsewhere nothing is ever written. */
export function progressLine(stream: ProgressStream, env: NodeJS.ProcessEnv, now = Date.now): ProgressLine {
  if (stream.isTTY !== true || env.TERM === 'dumb') return { update: () => {}, show: () => {}, end: () => {} };
  let start: number | null = null;
  let written: number | null = null;
  const show = (text: string): void => {
    const time = now();
    start ??= time;
    if (time - start < DELAY || (written !== null && time - written < INTERVAL)) return;
    written = time;
    stream.write(`${CLEAR}${text}`);
  };
  return {
    update: (done, asked) => show(`Reading called workflows: ${done} of ${asked}`),
    show,
    end: () => {
      if (written !== null) stream.write(CLEAR);
      written = null;
    },
  };
}
