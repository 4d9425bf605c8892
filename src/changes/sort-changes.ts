import type { Change } from '../model/change.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import type { Side } from './side.ts';

/** By workflow, then by job as written, in the head first; what is about a whole file comes before its jobs. */
export function sortChanges(changes: readonly Change[], base: Side, head: Side): readonly Change[] {
  const workflows = [head, base].flatMap((side) => side.workflows);
  const wanted = new Set(changes.map(({ workflow }) => workflow));
  const order = new Map<string, number>();
  for (const { report, jobs } of workflows) {
    if (!wanted.has(report.path)) continue;
    for (const { reported } of jobs) {
      const key = JSON.stringify([report.path, reported.path]);
      if (!order.has(key)) order.set(key, order.size);
    }
  }
  const placeOf = ({ workflow, job }: Change): number => order.get(JSON.stringify([workflow, job])) ?? -1;
  return [...changes].sort((a, b) => byCodeUnit(a.workflow, b.workflow) || placeOf(a) - placeOf(b));
}
