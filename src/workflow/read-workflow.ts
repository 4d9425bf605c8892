import type { ReadWorkflow } from '../model/workflow.ts';
import { readQuickly } from './read-quickly.ts';
import { workflowIn } from './workflow-in.ts';
import { yamlTree } from './yaml/yaml-tree.ts';

/**
 * Reads the text of one workflow file. With problems, GitHub refuses the file: they are GitHub's sentences at GitHub's
 * places, and the workflow holds what could be understood all the same. Never throws.
 */
export function readWorkflow(text: string): ReadWorkflow {
  return readQuickly(text) ?? workflowIn(text, yamlTree(text));
}
