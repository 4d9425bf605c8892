import type { Job } from '../model/workflow.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';

/** Places and comments are no content, and an id is a name. */
const NO_CONTENT: ReadonlySet<string> = new Set(['position', 'line', 'column', 'comment', 'id']);

/** What decides when a job runs and what it may do, but not what it does. */
const AROUND: ReadonlySet<string> = new Set(['permissions', 'needs', 'condition', 'concurrency', 'name']);

/** Lists whose order GitHub ignores: they are mappings, or sets of names. */
const UNORDERED: ReadonlySet<string> = new Set(['entries', 'with', 'env', 'outputs', 'inputs', 'secrets', 'needs']);

/** The same for jobs with the same content, wherever they stand and whatever they are called. */
export function contentOf(job: Job): string {
  return canonical(job, '');
}

/** The same for jobs that do the same, whatever they may do and whenever they run. */
export function bodyOf(job: Job): string {
  return canonical(Object.fromEntries(Object.entries(job).filter(([key]) => !AROUND.has(key))), '');
}

function canonical(value: unknown, key: string): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item, ''));
    return `[${(UNORDERED.has(key) ? items.sort(byCodeUnit) : items).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return value === undefined ? '' : JSON.stringify(value);
  const entries = Object.entries(value)
    // The id of a step is how others name it, which they then do in their texts.
    .filter(([name]) => !NO_CONTENT.has(name))
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, part]) => `${name}:${canonical(part, name)}`);
  return `{${entries.join()}}`;
}
