import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { must } from '../target.ts';

/** Everything below a folder: its path, and what a file holds. */
export type Files = ReadonlyMap<string, string>;

export function filesBelow(root: string): Files {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true });
  return new Map(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(root, file).split(path.sep).join('/');
      return [name, entry.isFile() ? readFileSync(file, 'latin1') : 'no file'];
    }),
  );
}

/** Nothing was written, changed or removed but what may be. */
export function checkWritten(before: Files, after: Files, isAsked: (name: string) => boolean): void {
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    must(before.get(name) === after.get(name) || isAsked(name), () => `${name} was written`);
  }
}
