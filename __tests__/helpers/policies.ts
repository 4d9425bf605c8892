import type { PolicyText } from '../../src/policy/read-policy.ts';
import { yamlTree } from '../../src/workflow/yaml/yaml-tree.ts';

/** A policy file, read by the reader of all of YAML. */
export function policyText(text: string, path: string): PolicyText {
  return { path, text, tree: yamlTree(text) };
}
