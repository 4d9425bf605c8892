import { expect, test } from '@jest/globals';

import type { StepNeed } from '../../src/model/needs.ts';
import { composed } from '../../src/needs/job-needs.ts';

const STEP = { path: '.github/workflows/stale.yml', line: 9, column: 15, by: 'actions/stale', because: 'it does' };
const ISSUES: StepNeed = { ...STEP, permission: 'issues', level: 'write' };
const CACHE: StepNeed = { ...STEP, permission: 'actions', level: 'write', tolerated: true };

test.each([
  ['kept where it is given', { issues: 'write', actions: 'write' }, { actions: 'write', issues: 'write' }],
  ['not added', { issues: 'write' }, { issues: 'write' }],
  ['not raised', { issues: 'write', actions: 'read' }, { issues: 'write' }],
  ['asked for where it is not known what is given', null, { actions: 'write', issues: 'write' }],
] as const)('what works without as well is %s', (_, granted, expected) => {
  const use = { needs: [ISSUES, CACHE], uncertain: [], impossible: [] };
  expect(composed(use, [], granted)).toMatchObject({ complete: true, permissions: expected, suggested: expected });
});
