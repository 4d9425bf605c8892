import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

import { ToolError } from '../tool-error.ts';

/**
 * The page of an audit as it was built, without facts. It lies beside the program, which a link may lead to.
 *
 * @throws ToolError when it does not.
 */
export function builtPage(script: string | null): string {
  try {
    return readFileSync(path.join(path.dirname(realpathSync(script ?? '')), 'audit.html'), 'utf8');
  } catch {
    throw new ToolError(
      'The file audit.html does not lie beside the program, so no page can be made. Install it again.',
    );
  }
}
