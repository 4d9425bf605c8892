import type { JobNeeds } from '../../src/model/needs.ts';
import type { Permissions } from '../../src/model/permission.ts';

/** A need that is known in full. */
export function needing(permissions: Permissions): JobNeeds {
  return {
    needs: [],
    uncertain: [],
    impossible: [],
    complete: true,
    open: [],
    permissions,
    suggested: permissions,
    rows: [],
  };
}

/** A need of which a step cannot be seen into. */
export function needingAtLeast(permissions: Permissions): JobNeeds {
  return { ...needing(permissions), complete: false, open: 'all', suggested: null };
}
