import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of a folder as text; `null` when it cannot be had. */
export function readBoundedText(folder: string, path: string): string | null {
  try {
    return readFileSync(join(folder, path), 'utf8');
  } catch {
    return null;
  }
}
