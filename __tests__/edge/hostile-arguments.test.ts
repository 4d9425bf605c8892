import { describe, expect, test } from '@jest/globals';

import { repositoryNames } from '../../src/edge/audit/repository-names.ts';
import { commandsIn } from '../report/runner-commands.ts';
import { run } from './command-line-run.ts';
import { temporaryFolder } from './temporary-folder.ts';

describe('an argument that names what strangers named is told without being obeyed', () => {
  test.each([['##[error]x'], ['#\u0301#[error]x'], ['\n::error::x'], ['\u001b[31mx']])('%j', async (value) => {
    const { status, error } = await run(['--what-if', value]);
    expect(status).toBe(2);
    expect(commandsIn(error)).toEqual([]);
    expect(error).not.toContain('\u001b');
    expect(error).toContain('--what-if takes');
  });
});

describe('a folder where a file is wanted is said to be one that cannot be read', () => {
  test('a policy', async () => {
    const [folder, other] = [temporaryFolder({ '.github/workflows/a.yml': 'on: push\n' }), temporaryFolder()];
    const { status, error } = await run([folder, '--offline', '--policy', other]);
    expect(status).toBe(2);
    expect(error).toContain('cannot be read: E');
    expect(error).not.toContain('mistake');
  });

  test('a list of repositories', () => {
    expect(() => repositoryNames(temporaryFolder(), null)).toThrow('cannot be read: E');
  });
});
