import type { Settings } from '../model/settings.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';

/** One of the two states that are compared: what was computed of it, and under which settings. */
export interface Side {
  /** By path. What both sides share is the same `tree`. */
  readonly workflows: readonly CheckedWorkflow[];
  readonly settings: Settings;
}
