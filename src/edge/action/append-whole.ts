import { appendFileSync, statSync, truncateSync } from 'node:fs';

/**
 * Appends a text to a file, or leaves the file as it was: a disk that is full would keep the beginning of the text, and
 * half a summary may look like a whole one.
 *
 * @throws the error of the system when the text cannot be written.
 */
export function appendWhole(file: string, text: string): void {
  const before = statSync(file, { throwIfNoEntry: false });
  try {
    appendFileSync(file, text);
  } catch (error) {
    if (before?.isFile() === true) truncateSync(file, before.size);
    throw error;
  }
}
