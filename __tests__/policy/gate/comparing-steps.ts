import type { WorkflowFile } from '../../../src/model/workflow.ts';
import { compareStep } from '../../../src/policy/gate/compare-step.ts';
import type { ComparedStep, RunInput } from '../../../src/policy/gate/compare-step.ts';
import type { OwnStepNames } from '../../../src/policy/gate/own-step.ts';
import { readWorkflow } from '../../../src/workflow/read-workflow.ts';

export const GATE = '.github/workflows/gate.yml';
export const INNER = '.github/workflows/inner.yml';
const NAMES: OwnStepNames = { workflow: GATE, job: 'check', step: '__o_ep', action: 'o/ep', folder: null };

export type Texts = Readonly<Record<string, string>>;

function files(texts: Texts): readonly WorkflowFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, ...readWorkflow(text) }));
}

/** A job with these steps, each a line of YAML in flow style. */
export function job(...steps: readonly string[]): string {
  return `on: pull_request\njobs:\n  check:\n    runs-on: x\n    steps:\n${steps.map((step) => `      - ${step}\n`).join('')}`;
}

/** A step that runs this check. */
export function own(inputs = '', more = ''): string {
  return `{ uses: O/EP@v1, with: { ${inputs} }${more === '' ? '' : `, ${more}`} }`;
}

/** Compares the step in these files of base and head. */
export function compare(
  base: Texts,
  head: Texts,
  names: Partial<OwnStepNames> = {},
  inputs: readonly RunInput[] = [],
): ComparedStep {
  return compareStep({ base: files(base), head: files(head) }, { ...NAMES, ...names }, inputs);
}

/** What the head changes, by name; `null` for nothing. */
export function partsOf({ change }: ComparedStep): readonly string[] | null {
  return change === null ? null : change.isMoved ? ['moved'] : change.parts.map(({ name }) => name);
}
