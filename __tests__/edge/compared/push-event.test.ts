import { expect, test } from '@jest/globals';

import { pushEvent } from '../../../src/edge/compared/push-event.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const ZEROS = '0'.repeat(40);

function read(payload: unknown, event = 'push'): unknown {
  return pushEvent(event, typeof payload === 'string' ? payload : JSON.stringify(payload));
}

test('what a push changed', () => {
  const repository = { default_branch: 'main' };
  const main = { name: 'main', isTag: false, before: A, after: B, defaultBranch: 'main' };
  expect(read({ ref: 'refs/heads/main', before: A, after: B, repository })).toEqual(main);
  expect(read({ ref: 'refs/heads/a/b', before: ZEROS, after: B })).toEqual({
    ...main,
    name: 'a/b',
    before: null,
    defaultBranch: null,
  });
  expect(read({ ref: 'refs/tags/v1', before: A, after: ZEROS, repository })).toMatchObject({
    name: 'v1',
    isTag: true,
    after: null,
  });
});

test.each([
  ['another event', { ref: 'refs/heads/main', before: A, after: B }, 'create'],
  ['a ref of another kind', { ref: 'refs/pull/1/head', before: A, after: B }, 'push'],
  ['no ref', { before: A, after: B }, 'push'],
  ['no JSON', '{', 'push'],
  ['no object', 'null', 'push'],
])('%s tells nothing', (_, payload, event) => {
  expect(read(payload, event)).toBeNull();
});

test('what is no commit is none', () => {
  expect(read({ ref: 'refs/heads/main', before: '--help', after: 7, repository: null })).toMatchObject({
    before: null,
    after: null,
  });
});
