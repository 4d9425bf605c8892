import type { RunDefaults } from '../model/workflow.ts';
import { valueOf } from './node.ts';
import type { Node } from './node.ts';
import { textUnder } from './steps.ts';

/**
 * What a workflow or a job says of its scripts, under `defaults.run`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#defaultsrun
 */
export function runDefaultsOf(node: Node | undefined): { readonly defaults?: RunDefaults } {
  const run = valueOf(valueOf(node, 'defaults'), 'run');
  if (run === undefined) return {};
  const defaults = {
    ...textUnder(run, 'shell', 'shell'),
    ...textUnder(run, 'working-directory', 'workingDirectory'),
  };
  return Object.keys(defaults).length === 0 ? {} : { defaults };
}
