import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Observation } from '../../model/observation.ts';
import type { Settings } from '../../model/settings.ts';
import type { RunContext } from '../action/run-context.ts';
import type { ActionInputValues } from '../command-line/option-table.ts';

/** What the action knows before it asks anybody. */
export interface ActionWorld {
  readonly inputs: ActionInputValues;
  readonly context: RunContext;
  readonly env: NodeJS.ProcessEnv;
  /** The checkout; `null` when there is none. */
  readonly folder: string | null;
  readonly read: ReadCalledFile;
}

/** What GitHub told. */
export interface Learned {
  readonly settings: Settings;
  /** Empty when nobody looked at runs. */
  readonly observed: { readonly observed?: Observation };
  /** One line each. */
  readonly notes: readonly string[];
  /** What was asked for and could not be done. */
  readonly warnings: readonly string[];
}
