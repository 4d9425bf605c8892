import type { StepUse } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import type { LeftBehind, StepContext } from './step-context.ts';

/** A step that uses an action of another repository. */
export interface ActionStep extends Location {
  /** `owner/name`, or `owner/name/path`, in lower case. */
  readonly name: string;
  readonly ref: string;
  /** By name in lower case, values as written with their `${{ }}`. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** What an action uses, and what it leaves for the steps after it. */
export interface ActionUse extends StepUse {
  readonly leaves?: Partial<LeftBehind>;
}

/** What a step uses whose action the table knows, in this version; `null` for all others. */
export function actionUse(_step: ActionStep, _context: StepContext): ActionUse | null {
  return null;
}
