import type { CalledSource, ReadCalledFile } from '../../model/called-file.ts';
import { visible } from '../../report/escape-terminal.ts';
import type { ActionCore } from './action-core.ts';

/** Writes a line that the log shows with "debug logging" only, with the time since the line before. */
export type Debug = (what: string) => void;

/** The runner says when its debug logging is on; without it, no line need be made. */
export function debugOf({ RUNNER_DEBUG }: NodeJS.ProcessEnv, core: Pick<ActionCore, 'debug'>): (line: string) => void {
  return RUNNER_DEBUG === '1' ? (line) => core.debug(line) : () => {};
}

/** Takes what writes debug lines, such as `core.debug`, and returns what times them. */
export function timedDebug(write: (line: string) => void, now: () => number = () => performance.now()): Debug {
  let before = now();
  return (what) => {
    const time = now();
    write(visible(`${what} (${Math.round(time - before)} ms)`));
    before = time;
  };
}

/** The same reader, with a debug line for each file: what came of it, and how long that took. */
export function debuggedReader(
  read: ReadCalledFile,
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): ReadCalledFile {
  return async (file) => {
    const start = now();
    const found = await read(file);
    const { owner, name, path, ref } = file;
    write(visible(`${owner}/${name}/${path}@${ref}: ${outcomeOf(found)} (${Math.round(now() - start)} ms)`));
    return found;
  };
}

function outcomeOf(found: CalledSource): string {
  if (found.kind !== 'found') return `${found.kind === 'not-found' ? 'not found' : 'not read'}, ${found.reason}`;
  return `${found.bytes.length} bytes${found.commit === null ? '' : ` at ${found.commit}`}`;
}
