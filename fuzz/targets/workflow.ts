import { isDeepStrictEqual } from 'node:util';

import { yamlText } from '../../__tests__/helpers/random-yaml.ts';
import { randomWorkflow, workflowText } from '../../__tests__/helpers/random-workflow.ts';
import { fastTree } from '../../src/workflow/fast-yaml/fast-tree.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { yamlTree } from '../../src/workflow/yaml/yaml-tree.ts';
import { checkPositions } from '../oracles/positions.ts';
import { sampler } from '../seeds/samples.ts';
import { workflowTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

const sample = sampler(randomWorkflow.map(workflowText));

/** The reader of workflow files: where the quick one answers, it says what the full one says. */
export const WORKFLOW: Target = {
  name: 'workflow',
  longest: 1000,
  seeds: workflowTexts,
  generate: (draw) => (draw.oneIn(4) ? sample(draw) : yamlText(draw.pick)),
  run: (text) => {
    sameTree(text);
    checkPositions(text, readWorkflow(text).problems);
  },
};

/** Both readers give the same tree, or the quick one gives none. */
export function sameTree(text: string): void {
  const fast = fastTree(text);
  if (fast === null) return;
  const full = yamlTree(text);
  const isSame = isDeepStrictEqual({ ...fast, comments: fast.comments() }, { ...full, comments: full.comments() });
  must(isSame, () => 'the quick reader says something else');
}
