import { expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import { withDoubt } from '../../src/token/with-doubt.ts';

test('a doubt is added to each row that has a token by what this repository is set to', () => {
  const row: Grant = {
    events: ['push'],
    actor: 'repository',
    status: 'granted',
    confidence: 'high',
    permissions: { metadata: 'read' },
    origins: { metadata: { from: 'always' } },
  };
  const doubtful: Grant = { ...row, confidence: 'medium', doubts: ['Nobody knows.'] };
  const notRun: Grant = { ...row, status: 'not-run', permissions: {}, origins: {} };
  const called: Grant = { ...row, events: ['workflow_call'] };
  expect(withDoubt([row, doubtful, notRun, called], 'It was not tried.')).toEqual([
    { ...row, confidence: 'medium', doubts: ['It was not tried.'] },
    { ...row, confidence: 'medium', doubts: ['Nobody knows.', 'It was not tried.'] },
    notRun,
    called,
  ]);
});
