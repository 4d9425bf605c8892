import { readBaseline } from '../../policy/baseline.ts';
import type { Baseline } from '../../policy/in-force.ts';
import { mistakesIn } from './mistakes.ts';

/**
 * Reads a baseline.
 *
 * @param path how messages name it.
 * @throws ToolError with every mistake in it.
 */
export async function loadBaseline(bytes: Uint8Array, path: string, whose: string): Promise<Baseline> {
  const text = Buffer.from(bytes)
    .toString()
    .replace(/^\ufeff/, '');
  const read = readBaseline(text);
  if ('entries' in read) return { path, entries: read.entries };
  // Loaded here: a baseline without a mistake need not wait for the package that reads YAML.
  const { baselineProblems } = await import('../../policy/baseline-problems.ts');
  throw mistakesIn(`The baseline ${whose} cannot be used.`, baselineProblems(text, path, read.mistakes));
}
