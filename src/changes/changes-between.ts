import type { Change } from '../model/change.ts';
import type { FoundSubject } from '../model/report.ts';
import type { Side } from './side.ts';

/** A workflow, or a job of one, as a state of the repository names it. */
export type Named = Pick<FoundSubject, 'workflow' | 'job'>;

/** What differs between two states of a repository. */
export interface Comparison {
  /** By workflow, then by job as written. */
  readonly changes: readonly Change[];
  /** How the head names what the base names so; as the base does where the head does not have it. */
  readonly inHead: (named: Named) => Named;
}

/** Compares what the jobs of two states of a repository get. Swapping the two mirrors every kind. */
export function changesBetween(_base: Side, _head: Side): Comparison {
  return { changes: [], inHead: (named) => named };
}
