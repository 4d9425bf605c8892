import type { Location } from '../../model/position.ts';

/** One thing about our own step that a pull request changes. */
export interface ChangedPart {
  /** What messages call it, such as `with fail-on`. */
  readonly name: string;
  /** As written in the base; `null` when nothing is written there, or when it is not to be shown. */
  readonly before: string | null;
  readonly after: string | null;
}

/** How a pull request changes the step that runs this check. */
export interface GateChange {
  /** In the head, as far as the step was found there. */
  readonly place: Location;
  /** The path of the job that has the step; `null` when it was not found. */
  readonly job: readonly string[] | null;
  /** The base has such a step, but not at this place. */
  readonly isMoved: boolean;
  readonly parts: readonly ChangedPart[];
}
