import { expect, test } from '@jest/globals';

import { foundBy, limit, policyFile } from '../helpers/judging.ts';

test('what runs of forks alone get is only so where they start, though no other run is listed', () => {
  const condition = 'github.event.pull_request.head.repo.full_name != github.repository';
  const text = `on: pull_request\npermissions: { contents: read }\njobs:\n  a:\n    if: ${condition}\n    runs-on: x\n`;
  const policy = [policyFile({ limits: [limit({})] })];
  const found = (visibility?: 'public' | 'private') =>
    foundBy('over-limit', text, { policy, default: 'read', forks: 'off', ...(visibility && { visibility }) });
  expect(found('private')).toEqual([]);
  expect(found('public')).toMatchObject([{ granted: 'read' }]);
  expect(found('public')[0]).not.toHaveProperty('visibility');
  expect(found()).toMatchObject([{ granted: 'read', visibility: 'public' }]);
});
