import { readBaseline } from '../../policy/baseline.ts';
import type { Baseline } from '../../policy/in-force.ts';
import { mistakesIn } from './mistakes.ts';

/**
 * Reads a baseline.
 *
 * @param path how messages name it.
 * @throws ToolError with every mistake in it.
 */
export function loadBaseline(bytes: Uint8Array, path: string, whose: string): Baseline {
  const read = readBaseline(
    Buffer.from(bytes)
      .toString()
      .replace(/^\ufeff/, ''),
    path,
  );
  if ('problems' in read) throw mistakesIn(`The baseline ${whose} cannot be used.`, read.problems);
  return { path, entries: read.entries };
}
