import { closeSync, fsyncSync, ftruncateSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';

import { repositoryKey } from '../../organization/lost.ts';
import { byCodeUnit } from '../../words/by-code-unit.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { earlierLines, type EarlierLines } from './earlier-lines.ts';
import type { ListedRepository } from './listed.ts';

/** The file of an audit while it is written: one finished line each, in any order. */
export interface LinesWriter {
  /** What an audit that was stopped had done. */
  readonly done: EarlierLines;
  /** Adds a line, without its line break. What is added stays, whatever happens next. */
  readonly add: (text: string) => void;
  /** Sorts the lines of these repositories into the file that was asked for, and takes the unfinished one away. */
  readonly finish: (repositories: readonly ListedRepository[]) => void;
  /** Leaves the unfinished file for the next time. */
  readonly close: () => void;
}

function trouble(file: string, error: unknown): ToolError {
  const reason = systemErrorCode(error) ?? errorMessage(error);
  return new ToolError(`${file} could not be written (${reason}).`, { path: file });
}

const LINE_FEED = Buffer.from('\n');

/** A `write` may take less than it is given. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}

/**
 * Opens the file of an audit for writing: `FILE.partial` until it is finished. What an audit that was stopped left there
 * stays; the end of a line that was cut off goes.
 *
 * @throws ToolError when it cannot be written.
 */
export function openLines(file: string): LinesWriter {
  const partial = `${file}.partial`;
  let descriptor: number;
  let done: EarlierLines;
  try {
    mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
    done = earlierLines(partial, true);
    descriptor = openSync(partial, 'a');
    ftruncateSync(descriptor, done.end);
  } catch (error) {
    throw error instanceof ToolError ? error : trouble(partial, error);
  }

  function sortInto(target: string, lines: EarlierLines, repositories: readonly ListedRepository[]): void {
    const out = openSync(target, 'w');
    try {
      for (const place of repositories.map(repositoryKey).sort(byCodeUnit)) {
        const line = lines.get(place);
        if (line === undefined) throw new Error(`no line for ${JSON.stringify(place)}`);
        writeAll(out, lines.bytes(line));
        writeAll(out, LINE_FEED);
      }
      fsyncSync(out);
    } finally {
      closeSync(out);
    }
  }

  function close(): void {
    done.close();
    closeSync(descriptor);
  }

  return {
    done,
    add: (text) => {
      try {
        writeAll(descriptor, Buffer.from(`${text}\n`));
      } catch (error) {
        throw trouble(partial, error);
      }
    },
    finish: (repositories) => {
      close();
      const lines = earlierLines(partial, false);
      const sorted = `${file}.sorted`;
      try {
        sortInto(sorted, lines, repositories);
        renameSync(sorted, file);
      } catch (error) {
        throw trouble(file, error);
      } finally {
        lines.close();
      }
      rmSync(partial);
    },
    close,
  };
}
