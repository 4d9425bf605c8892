import { check } from '../../src/library.ts';
import type { Report } from '../../src/model/report.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import { bytesOf } from '../../__tests__/helpers/checking.ts';
import { applied, sourcesOf, textOf } from '../../__tests__/fix/suggesting.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { CI } from '../seeds/several-files.ts';
import { spread, workflowTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

/** What `--fix` makes of a workflow: still a workflow, the same but for its blocks, and nothing left to do. */
export const FIX: Target = {
  name: 'fix',
  longest: 1500,
  seeds: () => spread(workflowTexts(), 300),
  run: async (text) => {
    const sources = sourcesOf(text);
    const report = await reportOn(sources);
    const { changes } = await plan(sources, report);
    const [change] = changes;
    if (change === undefined) return;
    must(textOf(change.before) === textOf(bytesOf(text)), () => 'another text was changed');
    const after = applied(sources, { changes, refused: [], report });
    const then = await reportOn(after);
    must(then.workflows[0]?.outcome !== 'invalid', () => `no workflow any more:\n${textOf(change.after)}`);
    must(lostLines(text, textOf(change.after)).every(isOfBlock), () => `other lines changed:\n${change.patch}`);
    const again = await plan(after, then);
    must(again.changes.length === 0, () => `a second fix changes more:\n${again.changes[0]?.patch}`);
  },
};

async function reportOn(sources: readonly WorkflowSource[]): Promise<Report> {
  const [source] = sources;
  return check(source !== undefined && 'bytes' in source ? { [CI]: source.bytes } : {});
}

function plan(sources: readonly WorkflowSource[], report: Report): ReturnType<typeof planFix> {
  return planFix(sources, report, { recheck: reportOn, cannotWrite: () => null });
}

/** The lines that are not in the new text any more, in their order. */
function lostLines(before: string, after: string): readonly string[] {
  const left = new Map<string, number>();
  for (const line of after.split('\n')) left.set(line, (left.get(line) ?? 0) + 1);
  return before.split('\n').filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

/** A line of a permissions block, be it in braces or over several lines. */
function isOfBlock(line: string): boolean {
  return /permissions|read|write|none|^[\s{},"'?:*&|>\w-]*(#.*)?\r?$/.test(line);
}
