import type { ActionDefinition } from '../model/action.ts';
import type { ReadWorkflow } from '../model/workflow.ts';
import { actionIn } from './action-in.ts';
import { fastTree } from './fast-yaml/fast-tree.ts';
import { workflowIn } from './workflow-in.ts';

/**
 * The same as `readWorkflow`, without the package that reads all of YAML; `null` for the few texts that need it. So a start
 * can do without loading it.
 */
export function readQuickly(text: string): ReadWorkflow | null {
  const tree = fastTree(text);
  return tree === null ? null : workflowIn(text, tree);
}

/** The same for an action. */
export function readActionQuickly(text: string): ActionDefinition | null {
  const tree = fastTree(text);
  return tree === null ? null : actionIn(tree);
}
