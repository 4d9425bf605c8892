import type { Location } from '../../model/position.ts';
import type { StepContext } from '../step-context.ts';
import { withEnvironment } from '../step-token.ts';
import type { Caller } from '../uses.ts';

/** A step that uses an action of another repository. */
export interface ActionStep extends Location {
  /** `owner/name`, or `owner/name/path`, in lower case. */
  readonly name: string;
  readonly ref: string;
  /** By name in lower case, values as written with their `${{ }}`. */
  readonly inputs: ReadonlyMap<string, string>;
}

/** A step with an action that the table knows, as its readers look at it. */
export interface KnownStep {
  readonly step: ActionStep;
  readonly context: StepContext;
  readonly caller: Caller;
}

export function knownStep(step: ActionStep, context: StepContext): KnownStep {
  const { path, line, column } = step;
  const caller = { location: { path, line, column }, by: step.name, events: context.events ?? [], tolerated: false };
  return { step, context, caller };
}

/** An input as the workflow writes it; `undefined` when the workflow does not give it. */
export function inputOf({ step }: KnownStep, name: string): string | undefined {
  return step.inputs.get(name.toLowerCase());
}

/** An input with marks for what its expressions stand for; the empty text when it is not given. */
export function markedInput(known: KnownStep, name: string): string {
  return marked(known, inputOf(known, name) ?? '');
}

/** A text as written with marks. */
export function marked({ context: { reach } }: KnownStep, written: string): string {
  return withEnvironment(written, reach.env, reach.tokenExpressions ?? []);
}
