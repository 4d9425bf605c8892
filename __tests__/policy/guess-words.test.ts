import { expect, test } from '@jest/globals';

import type { Guess } from '../../src/policy/guess.ts';
import { conditionWords, guessWords } from '../../src/policy/guess-words.ts';

const ONE = "the repository's default is 'write'";
const UNREAD = 'the called workflow that could not be read has no block of its own that asks for less';

test.each<readonly [Guess, string]>([
  [{ defaultPermissions: 'write' }, ONE],
  [{ visibility: 'public' }, 'the repository is public'],
  [{ visibility: 'private' }, 'the repository is private or internal'],
  [{ forkPullRequests: 'off' }, 'pull requests from forks start no runs'],
  [{ forkPullRequests: 'read' }, 'pull requests from forks get a read token'],
  [
    { visibility: 'private', forkPullRequests: 'write' },
    'the repository is private or internal and pull requests from forks get write tokens',
  ],
  [
    { defaultPermissions: 'write', visibility: 'public', upperBound: true },
    `${ONE} and the repository is public and ${UNREAD}`,
  ],
])('%j', (guess, words) => {
  expect(conditionWords(guess)).toBe(` if ${words}`);
  expect(guessWords(guess)).toBe(` This holds only if ${words}.`);
});

test('no one value decides', () => {
  expect(conditionWords({})).toBe('');
  expect(guessWords({})).toBe(' Whether that happens depends on settings that are not known.');
});
