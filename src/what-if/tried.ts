import type { Change } from '../model/change.ts';
import type { NeedsOf } from '../needs/prepare-needs.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import type { SettingsTried } from './settings-tried.ts';

/** A repository under one value of a setting. */
export interface TriedSide {
  readonly workflows: readonly CheckedWorkflow[];
  readonly needsOf: NeedsOf;
}

/** Both sides, and what is different between them. */
export interface Tried {
  readonly before: TriedSide;
  readonly after: TriedSide;
  readonly settings: SettingsTried;
  readonly changes: readonly Change[];
}
