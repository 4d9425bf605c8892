import { isDeepStrictEqual } from 'node:util';

import { check } from '../../src/library.ts';
import { actionIn } from '../../src/workflow/action-in.ts';
import { readActionQuickly } from '../../src/workflow/read-quickly.ts';
import { yamlTree } from '../../src/workflow/yaml/yaml-tree.ts';
import { CI } from '../seeds/several-files.ts';
import { actionTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';
import { sameTree } from './workflow.ts';

const WORKFLOW = `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps: [{ uses: actions/checkout@v6 }, { uses: ./own, with: { token: "\${{ github.token }}" } }]
`;

/** The file of an action, and what a step that uses it needs. */
export const ACTION: Target = {
  name: 'action',
  longest: 1000,
  seeds: actionTexts,
  run: async (text) => {
    sameTree(text);
    const quick = readActionQuickly(text);
    must(
      quick === null || isDeepStrictEqual(quick, actionIn(yamlTree(text))),
      () => 'the quick reader says something else',
    );
    await check({ [CI]: WORKFLOW, 'own/action.yml': text });
  },
};
