import type { Permissions } from '../model/permission.ts';
import type { Settings } from '../model/settings.ts';
import type { ActionFiles } from './actions/action-files.ts';

/** What the needs of jobs are worked out from, beside their workflow files. */
export interface NeedsWorld {
  readonly settings: Settings;
  readonly actionFiles: ActionFiles;
  /** A file of the checkout under test, from its root; `null` when it is not there or cannot be told. */
  readonly readFile: (path: string) => string | null;
  /** What the policies in force say of actions, by name in lower case; the first one that names an action counts. */
  readonly declaredActions: readonly ReadonlyMap<string, Permissions>[];
  /** The action that this program is, `owner/name` in lower case; not given where that is not known. */
  readonly ownAction?: string;
}

/** Whether an action of that name, in lower case, is this program, for whichever runtime. */
export function isOwnAction(name: string, { ownAction }: NeedsWorld): boolean {
  return ownAction !== undefined && (name === ownAction || name === `${ownAction}/node20`);
}
