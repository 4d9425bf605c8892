import { expect, test } from '@jest/globals';

import { refuseMisspeltCommand } from '../../src/edge/command-line/misspelt-command.ts';
import { run } from './command-line-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

test.each([
  ['chekc', 'check'],
  ['verfy', 'verify'],
  ['explian', 'explain'],
  ['help', '--help'],
])('%s may mean %s', async (word, meant) => {
  expect(await run([word])).toEqual({
    status: 2,
    text: '',
    error: `effective-permissions: There is no command and no folder "${word}". Did you mean ${meant}?\n`,
  });
});

test('a folder that is there is meant itself, whatever it is called', () => {
  const folder = temporaryFolder({ 'verfy/x': '' });
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(() => refuseMisspeltCommand('verfy')).not.toThrow();
    expect(() => refuseMisspeltCommand('explian')).toThrow('Did you mean explain?');
  } finally {
    process.chdir(before);
  }
});

test('what is near no command is a folder that is missing', async () => {
  expect((await run(['../my-repository-that-is-gone'])).error).toContain('No such folder: ');
});
