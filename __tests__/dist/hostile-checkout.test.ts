import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { addFiles, temporaryFolder } from '../edge/temporary-folder.ts';
import { runAction, runCommandLine } from './run-bundle.ts';

const WORKFLOW = `on: [push, pull_request]
permissions: write-all
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: ./
      - uses: ./composite
      - run: ./build.sh && make && npm ci && npm run build && node build.mjs && python setup.py && git push
`;

/** Every trap leaves a file behind when it is run. */
function trapsIn(caught: string): Readonly<Record<string, string>> {
  const shell = `#!/bin/sh\n: > "${path.join(caught, 'shell')}"\n`;
  const script = (name: string) => `import('node:fs').then((fs) => fs.writeFileSync(${JSON.stringify(path.join(caught, name))}, ''));\n`;
  const programs = ['build.sh', 'git', 'git.exe', 'node', 'npm', 'sh', 'bash'];
  const hooks = ['post-checkout', 'post-index-change', 'pre-commit', 'reference-transaction', 'fsmonitor-watchman'];
  const packages = ['yaml', 'acorn', 'unbash', 'undici', '@octokit/core', '@actions/core', '@actions/http-client'];
  const configurations = ['permissions-policy.js', 'permissions-policy.mjs', 'effective-permissions.config.js', '.pnp.cjs'];
  return {
    ...Object.fromEntries(programs.map((name) => [name, shell])),
    ...Object.fromEntries(hooks.map((name) => [`.git/hooks/${name}`, shell])),
    ...Object.fromEntries(packages.map((name) => [`node_modules/${name}/index.js`, script('package')])),
    ...Object.fromEntries(configurations.flatMap((name) => [name, `.github/${name}`]).map((name) => [name, script('configuration')])),
    'action.yml': 'name: Trap\nruns:\n  using: node24\n  pre: index.js\n  main: index.js\n',
    'composite/action.yml': 'runs:\n  using: composite\n  steps:\n    - run: ../build.sh\n      shell: bash\n',
    'index.js': script('action'),
    'build.mjs': script('script'),
    Makefile: `all:\n\t: > "${path.join(caught, 'make')}"\n`,
    'package.json': JSON.stringify({ scripts: { build: './build.sh', install: './build.sh', prepare: './build.sh' } }),
    '.npmrc': 'node-options=--import=./build.mjs\n',
    '.gitattributes': '* filter=trap diff=trap\n',
  };
}

function hostileCheckout(): { readonly folder: string; readonly caught: string; readonly git: (...args: string[]) => void } {
  const [caught, folder] = [temporaryFolder(), temporaryFolder()];
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com'];
    execFileSync('git', [...who, ...args], { cwd: folder, stdio: 'ignore' });
  };
  git('init', '--initial-branch=main');
  addFiles(folder, { '.github/workflows/ci.yml': WORKFLOW.replace('write-all', 'read-all') });
  git('add', '--all');
  git('commit', '--message=Base');
  git('checkout', '-b', 'head');
  const traps = trapsIn(caught);
  addFiles(folder, { ...traps, '.github/workflows/ci.yml': WORKFLOW });
  for (const name of Object.keys(traps)) chmodSync(path.join(folder, name), 0o755);
  git('-c', 'core.hooksPath=/dev/null', 'add', '--all', '--force');
  git('-c', 'core.hooksPath=/dev/null', 'commit', '--message=Head');
  return { folder, caught, git };
}

describe('nothing of a checkout is run', () => {
  const { folder, caught, git } = hostileCheckout();

  test.each([
    [['.', '--fail-on', 'never']],
    [['.', '--format', 'sarif', '--fail-on', 'never', '--base', 'main']],
    [['.', '--fail-on', 'never', '--at', 'HEAD', '--what-if', 'default-permissions=read']],
    [['.', '--fail-on', 'never', '--diff']],
    [['.', '--fail-on', 'never', '--fix']],
  ])('by the command line: %j', async (args) => {
    const { status, stderr } = await runCommandLine([...args, '--offline'], { cwd: folder });
    expect([status, stderr.split('\n').filter((line) => /error|not found/i.test(line))]).toEqual([0, []]);
    expect(readdirSync(caught)).toEqual([]);
  });

  test('by the action, with a base', async () => {
    const { outputs } = await runAction({ workspace: folder, with: { base: 'main', offline: 'true' } });
    expect(outputs.result).toMatch(/^(pass|fail)$/);
    expect(readdirSync(caught)).toEqual([]);
  });

  // Last, as they leave something behind.
  (process.platform === 'win32' ? test.skip : test)('though every kind of trap works', () => {
    execFileSync(process.execPath, ['index.js'], { cwd: folder });
    execFileSync('./build.sh', { cwd: folder });
    expect(readdirSync(caught).sort()).toEqual(['action', 'shell']);
    rmSync(path.join(caught, 'shell'));
    git('commit', '--allow-empty', '--message=Hook');
    expect(existsSync(path.join(caught, 'shell'))).toBe(true);
  });
});
