import type { Advice } from '../model/report.ts';
import type { Permissions } from '../model/permission.ts';

/** Takes permissions and returns the lines of the block that gives them, as to be pasted at a job or a workflow. */
export function blockLines(permissions: Permissions): readonly string[] {
  const entries = Object.entries(permissions);
  if (entries.length === 0) return ['permissions: {}'];
  return ['permissions:', ...entries.map(([permission, level]) => `  ${permission}: ${level}`)];
}

/** Takes one way to mend a problem and returns what to do and where, in one line. */
export function adviceSentence({ text, path, line }: Advice): string {
  return `${text} (${path}:${line})`;
}
