import type { ActionDefinition } from '../model/action.ts';
import { actionIn } from './action-in.ts';
import { readActionQuickly } from './read-quickly.ts';
import { yamlTree } from './yaml/yaml-tree.ts';

/** Reads the text of an `action.yml`. Never throws. */
export function readAction(text: string): ActionDefinition {
  return readActionQuickly(text) ?? actionIn(yamlTree(text));
}
