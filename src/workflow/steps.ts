import type { NamedText, Step, WrittenText } from '../model/workflow.ts';
import { valueOf } from './node.ts';
import type { Node } from './node.ts';

/**
 * The steps of a job as written, in their order. Those that run at the same time, under `parallel`, stand among the others:
 * the group has nothing but them.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsteps
 */
export function stepsOf(steps: Node | undefined): readonly Step[] {
  return flatSteps(steps).map((step) => ({
    position: { line: step.line, column: step.column },
    condition: conditionOf(valueOf(step, 'if')),
    uses: writtenText(valueOf(step, 'uses')),
    run: writtenText(valueOf(step, 'run')),
    with: namedTexts(valueOf(step, 'with')),
    env: namedTexts(valueOf(step, 'env')),
    ...textUnder(step, 'id', 'id'),
    ...textUnder(step, 'continue-on-error', 'continueOnError'),
    ...textUnder(step, 'shell', 'shell'),
    ...textUnder(step, 'working-directory', 'workingDirectory'),
  }));
}

function flatSteps(steps: Node | undefined): readonly Node[] {
  if (steps?.kind !== 'sequence') return [];
  return steps.items.flatMap((step) => {
    const group = valueOf(step, 'parallel');
    return group === undefined ? [step] : flatSteps(group);
  });
}

/** The expression under `if`. An empty one is as if there were none. */
export function conditionOf(node: Node | undefined): string | null {
  if (node?.kind !== 'scalar' || node.text.trim() === '') return null;
  return node.text;
}

/** The scalar that stands under a key, as a property of that name; nothing when there is none. */
export function textUnder<Name extends string>(
  node: Node,
  key: string,
  name: Name,
): { readonly [Key in Name]?: string } {
  const text = writtenText(valueOf(node, key))?.text;
  return (text === undefined ? {} : { [name]: text }) as { readonly [Key in Name]?: string };
}

/** The pairs of a mapping such as `with` or `env`. */
export function namedTexts(node: Node | undefined): readonly NamedText[] {
  if (node?.kind !== 'mapping') return [];
  return node.pairs.map(({ key, value }) => ({
    name: key.text,
    ...(writtenText(value) ?? { text: '', position: { line: value.line, column: value.column } }),
  }));
}

/** A scalar as written, expressions with their `${{ }}`; `null` for anything else. */
export function writtenText(node: Node | undefined): WrittenText | null {
  if (node?.kind !== 'scalar') return null;
  const { line, column } = node;
  return { text: node.template?.written ?? node.text, position: { line, column } };
}
