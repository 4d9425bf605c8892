import type { Advice } from '../model/report.ts';
import type { Permissions } from '../model/permission.ts';

/** Takes permissions and returns the lines of the block that gives them, as to be pasted at a job or a workflow. */
export function blockLines(permissions: Permissions): readonly string[] {
  const entries = Object.entries(permissions);
  if (entries.length === 0) return ['permissions: {}'];
  return ['permissions:', ...entries.map(([permission, level]) => `  ${permission}: ${level}`)];
}

/** Takes one way to mend a problem and returns what to do and where, in one line. */
export function adviceSentence({ text, path, line, also }: FoldedAdvice): string {
  // Names without their folder where it is that of the first place: all workflow files stand in one.
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const names = also.map((place) => (place.startsWith(folder) ? place.slice(folder.length) : place));
  const others = names.length === 0 ? '' : ` The same at ${names.join(', ')}.`;
  return `${text} (${path}:${line})${others}`;
}

/** One way to mend a problem, for one place or for several that need the very same. */
export interface FoldedAdvice extends Advice {
  /** The other places, as `path:line`. */
  readonly also: readonly string[];
}

/** Takes ways to mend a problem and folds blocks that differ in nothing but the job that they are written at. */
export function foldAdvice(advice: readonly Advice[]): readonly FoldedAdvice[] {
  const folded = new Map<string, { readonly first: Advice; readonly also: string[] }>();
  for (const one of advice) {
    const key = JSON.stringify([withoutJob(one), one.permissions ?? `${one.path}:${one.line}`]);
    const same = folded.get(key);
    if (same === undefined) folded.set(key, { first: one, also: [] });
    else same.also.push(`${one.path}:${one.line}`);
  }
  return [...folded.values()].map(({ first, also }) => ({ ...first, also }));
}

/** The ids of jobs hold no quotes. */
function withoutJob({ text }: Advice): string {
  return text.replace(/ at the job '[^']*'/, '');
}
