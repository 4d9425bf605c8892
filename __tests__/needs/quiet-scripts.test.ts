import { expect, test } from '@jest/globals';

import { shellUseOnce } from '../../src/needs/quiet-scripts.ts';
import type { QuietScripts } from '../../src/needs/quiet-scripts.ts';
import { leftBefore, shellUse } from '../../src/needs/shell-use.ts';
import type { TokenReach } from '../../src/needs/step-context.ts';
import { short, stepWith } from './using.ts';

const REACHES: readonly Partial<TokenReach>[] = [
  {},
  { git: true },
  { git: true, otherGit: true },
  { git: true, identity: true },
  { registries: ['ghcr.io'] },
];

test('a script that uses nothing is known from then on, for all that the step reaches', () => {
  const quiet: QuietScripts = new Map();
  for (const reach of REACHES) {
    const context = stepWith(reach);
    const first = shellUseOnce('npm ci', 'bash', context, quiet);
    expect(quiet.get('npm ci')?.size).toBe(REACHES.indexOf(reach) + 1);
    expect(shellUseOnce('npm ci', 'bash', context, quiet)).toEqual(first);
    expect(first.leaves).toEqual(leftBefore(context.reach));
  }
});

test.each(['git push', './x.sh', 'gh issue create', 'echo ${{ github.token }} > file'])(
  'not one that uses something: %s',
  (script) => {
    const quiet: QuietScripts = new Map();
    for (const reach of REACHES) {
      for (const _ of [1, 2]) {
        const once = shellUseOnce(script, 'bash', stepWith(reach), quiet);
        expect(short(once)).toEqual(short(shellUse(script, 'bash', stepWith(reach))));
      }
    }
  },
);
