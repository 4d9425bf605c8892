import { spawnSync } from 'node:child_process';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { OTHER_COMMANDS } from '../../src/edge/command-line/commands.ts';
import { COMMAND_LINE_OPTIONS } from '../../src/edge/command-line/option-table.ts';
import { runCommandLine } from '../../src/edge/command-line/run-command-line.ts';
import { addFiles, temporaryFolder } from './temporary-folder.ts';

const OPTIONS = Object.values(COMMAND_LINE_OPTIONS).map(({ option }) => `--${option}`);
const COMMANDS = ['check', ...OTHER_COMMANDS.keys()];

async function run(...args: readonly string[]): Promise<{ status: number; printed: string; said: string }> {
  const printed: string[] = [];
  const said: string[] = [];
  const streamTo = (texts: string[]) => ({
    write: (text: string, done: () => void) => {
      texts.push(text);
      done();
    },
  });
  const status = await runCommandLine({ args, env: {}, stdout: streamTo(printed), stderr: streamTo(said) });
  return { status, printed: printed.join(''), said: said.join('') };
}

function inShell(shell: string, args: readonly string[], cwd?: string): string {
  const { stdout, stderr, status } = spawnSync(shell, args, {
    encoding: 'utf8',
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd },
  });
  expect([stderr, status]).toEqual(['', 0]);
  return stdout;
}

/** Describes what a shell completes, where there is that shell. */
function describeShell(shell: string) {
  const isThere = process.platform !== 'win32' && spawnSync(shell, ['--version']).status === 0;
  return isThere ? describe : describe.skip;
}

const ask = 'effective-permissions';

describeShell('bash')('bash completes', () => {
  /** What it offers for the last of these words, after it has split them as it does. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const { printed } = await run('completion', 'bash');
    const split = words.map((word) => `'${word}'`).join(' ');
    const script = `${printed}\nCOMP_WORDS=(${ask} ${split}); COMP_CWORD=${words.length}; _effective_permissions; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return inShell('bash', ['--norc', '-c', script])
      .split('\n')
      .filter((word) => word !== '');
  }

  test.each<[string[], readonly string[]]>([
    [[''], COMMANDS],
    [['ver'], ['verify']],
    [['--'], OPTIONS],
    [['check', '--'], OPTIONS],
    [['--fo'], ['--format', '--fork-pull-requests']],
    [['folder', '--diff', '--form'], ['--format']],
    [
      ['--format', 'j'],
      ['json', 'jsonl'],
    ],
    [['--format', '=', 's'], ['sarif']],
    [
      ['--format', '='],
      ['text', 'markdown', 'json', 'jsonl', 'sarif'],
    ],
    [
      ['explain', '--format', ''],
      ['text', 'json'],
    ],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['--what-if', 'vis'],
      ['visibility=public', 'visibility=private', 'visibility=internal'],
    ],
    [
      ['--what-if', 'default-permissions', '='],
      ['read', 'write'],
    ],
    [['--what-if', '=', 'default-permissions', '=', 'w'], ['write']],
    // With nothing to offer, bash completes paths.
    [['--policy', ''], []],
    [['check', ''], []],
  ])('%j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});

describeShell('fish')('fish completes', () => {
  async function offered(line: string): Promise<readonly string[]> {
    const { printed } = await run('completion', 'fish');
    const home = temporaryFolder({ 'completion.fish': printed, 'policies/own.yml': '' });
    const script = `source completion.fish; complete -C '${ask} ${line}'`;
    return inShell('fish', ['--no-config', '-c', script], home)
      .split('\n')
      .flatMap((found) => found.split('\t')[0] || []);
  }

  test.each<[string, readonly string[]]>([
    ['--fo', ['--fork-pull-requests', '--format']],
    ['--format j', ['json', 'jsonl']],
    ['--format=s', ['--format=sarif']],
    ['explain --format ', ['json', 'text']],
    ['--what-if def', ['default-permissions=read', 'default-permissions=write']],
    ['completion ', ['bash', 'fish', 'zsh']],
    ['--policy pol', ['policies/']],
  ])('%j', async (line, expected) => {
    expect((await offered(line)).toSorted()).toEqual(expected.toSorted());
  });

  test('commands beside paths, as the first word alone', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining([...COMMANDS, 'policies/']));
    expect(await offered('folder ')).not.toContain('verify');
  });
});

describeShell('zsh')('zsh completes', () => {
  /** What it would hand to zsh's own helpers for the last of these words. */
  async function offered(...words: readonly string[]): Promise<string> {
    const { printed } = await run('completion', 'zsh');
    const folder = temporaryFolder();
    const helpers = `compdef() { : }\n_describe() { print -r -- "commands: \${(P)2}" }\n_arguments() { print -rl -- $words[1,CURRENT] "$@" }\n`;
    const call = `words=(${ask} ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=${words.length + 1}; _effective_permissions\n`;
    addFiles(folder, { 'run.zsh': helpers + printed + call });
    return inShell('zsh', ['-f', path.join(folder, 'run.zsh')]);
  }

  test('commands as the first word, with the options of a check', async () => {
    const text = await offered('');
    for (const name of COMMANDS) expect(text).toContain(`${name}:`);
    for (const option of OPTIONS) expect(text).toMatch(new RegExp(`^${option}=?\\[`, 'm'));
    expect(text).toContain(':value:(text markdown json jsonl sarif)');
    expect(text).toMatch(/^--what-if=.*:value:\(default-permissions=read default-permissions=write /m);
  });

  test('options of the command that is named, as if it were the program', async () => {
    const text = await offered('explain', '--fo');
    expect(text).toMatch(/^explain\n--fo\n/);
    expect(text).toContain(':value:(text json)');
    expect(text).not.toContain('--write-baseline');
    expect(await offered('completion', '')).toContain('1:word:(bash zsh fish)');
  });
});

test.each([
  [[], 'completion takes the name of a shell: bash, zsh or fish.'],
  [['tcsh'], 'completion takes the name of a shell: bash, zsh or fish, not "tcsh".'],
  [['bash', 'zsh'], 'completion takes the name of a shell: bash, zsh or fish, not "bash zsh".'],
])('there is no script for %j', async (words, message) => {
  expect(await run('completion', ...words)).toEqual({
    status: 2,
    printed: '',
    said: `effective-permissions: ${message}\n`,
  });
});

test('the help of the command line names it', async () => {
  expect((await run('--help')).printed).toContain('completion');
  expect((await run('completion', '--help')).printed).toMatch(
    /^Usage: effective-permissions completion bash\|zsh\|fish\n/,
  );
});
