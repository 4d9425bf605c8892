import type { ProgressLine } from './progress-line.ts';

/** Somebody who reads a log later wants few lines; somebody who waits for it wants one now and then. */
const INTERVAL = 10_000;

/** Lines for a log that say how far the reading is, one every ten seconds; none when it takes less. */
export function progressLog(write: (line: string) => void, now = Date.now): ProgressLine {
  let last: number | null = null;
  const show = (text: string): void => {
    const time = now();
    last ??= time;
    if (time - last < INTERVAL) return;
    last = time;
    write(text);
  };
  return {
    update: (done, asked) => show(`Reading called workflows and actions: ${done} of ${asked}`),
    show,
    end: () => {
      last = null;
    },
  };
}
