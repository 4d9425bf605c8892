import type { ActionDefinition } from '../model/action.ts';
import type { NamedText, Step } from '../model/workflow.ts';
import { literalText, valueOf } from './node.ts';
import type { Node } from './node.ts';
import { stepsOf, writtenText } from './steps.ts';
import type { YamlTree } from './yaml/yaml-tree.ts';

/** An action of which nothing more is known. */
export const PROGRAM: ActionDefinition = { kind: 'program' };

/**
 * The action that the text of an `action.yml` holds, of which this is the tree. One that GitHub refuses is a program like any
 * that is not known: what its author means by it cannot be told.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionManifestManager.cs
 */
export function actionIn({ root, problems }: Pick<YamlTree, 'root' | 'problems'>): ActionDefinition {
  if (root === null || problems.length > 0) return PROGRAM;
  const runs = valueOf(root, 'runs');
  const steps = valueOf(runs, 'steps');
  if (literalText(valueOf(runs, 'using'))?.toLowerCase() !== 'composite' || steps?.kind !== 'sequence') return PROGRAM;
  const read = stepsOf(steps);
  return read.every(isSound) ? { kind: 'composite', inputs: inputsOf(valueOf(root, 'inputs')), steps: read } : PROGRAM;
}

/** In an action a script must name its shell: there are no defaults. A step that does neither waits for others. */
function isSound({ uses, run, shell }: Step): boolean {
  return run === null || (uses === null && shell !== undefined);
}

function inputsOf(inputs: Node | undefined): readonly NamedText[] {
  if (inputs?.kind !== 'mapping') return [];
  return inputs.pairs.map(({ key, value }) => ({
    name: key.text,
    ...(writtenText(valueOf(value, 'default')) ?? { text: '', position: { line: key.line, column: key.column } }),
  }));
}
