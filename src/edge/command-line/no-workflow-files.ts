import { existsSync } from 'node:fs';
import path from 'node:path';

import { findCheckout } from '../git/git-folder.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { WORKFLOW_FOLDER } from '../files/workflow-folder.ts';

/** The root of the repository that a folder lies in, when it is another folder and has workflow files. */
function otherRoot(folder: string): string | null {
  const { base, dir } = path.parse(folder);
  let root = findCheckout(folder)?.root;
  if (base === '.github') root = dir;
  if (base === 'workflows' && path.basename(dir) === '.github') root = path.dirname(dir);
  return root !== undefined && root !== folder && existsSync(path.join(root, WORKFLOW_FOLDER)) ? root : null;
}

/** One line that says that a folder has no workflow files, and which folder was probably meant. */
export function noWorkflowFiles(directory: string, ref?: string): string {
  const at = ref === undefined ? '' : ` at ${ref}`;
  const line = `No workflow files: ${withSlashes(directory)} has no .yml or .yaml file in ${WORKFLOW_FOLDER}${at}.`;
  const root = otherRoot(path.resolve(directory));
  if (root === null) return line;
  const shown = withSlashes(path.relative('.', root) || '.');
  return `${line} The repository's root is ${shown}: give that folder instead.`;
}
