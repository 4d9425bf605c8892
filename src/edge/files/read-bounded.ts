import { closeSync, constants, openSync, readSync } from 'node:fs';

import { systemErrorCode } from '../tool-error.ts';
import { MOST_BYTES } from './workflow-folder.ts';

/** Not to wait for a writer, should a name be a FIFO. Windows has no such flag. */
const OPEN = constants.O_RDONLY | constants.O_NONBLOCK;

/** The bytes of a file, `null` when there is none. Reads at most one byte more than are allowed. */
export function readBounded(file: string): Uint8Array | 'too-big' | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, OPEN);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
  try {
    const scratch = Buffer.alloc(MOST_BYTES + 1);
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, scratch, length, scratch.length - length, null);
      length += count;
      if (length > MOST_BYTES) return 'too-big';
      if (count === 0) return scratch.subarray(0, length);
    }
  } finally {
    closeSync(descriptor);
  }
}
