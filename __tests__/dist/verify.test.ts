import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { temporaryFolder } from '../edge/temporary-folder.ts';
import { logText } from '../observed/logs.ts';
import { DIST, distWithout, runCommandLine, type Ended } from './run-bundle.ts';
import { zipOf } from './zip.ts';

const CI = `on: push
permissions: {}
jobs:
  test: { runs-on: x, permissions: { contents: read } }
  call: { uses: ./.github/workflows/called.yml, permissions: { packages: write } }
`;
const CALLED = 'on: workflow_call\njobs:\n  publish: { name: "Publish ${{ matrix.to }}", runs-on: x }\n';
const FILES = { '.github/workflows/ci.yml': CI, '.github/workflows/called.yml': CALLED };

const TEST_LOG = logText(['Contents: read', 'Metadata: read'], { name: 'test' });
const PUBLISH_LOG = logText(['Metadata: read', 'Packages: write'], { name: 'call / Publish npm' });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A checkout with logs beside it. */
function checkout(logs: Readonly<Record<string, string | Uint8Array>>): string {
  return temporaryFolder({ ...FILES, ...logs });
}

async function verify(cwd: string, args: readonly string[]): Promise<Ended> {
  return runCommandLine(['verify', ...args, '--workflow', 'ci.yml'], { cwd });
}

/** Runs the bundle with a text as its standard input. */
async function verifyStdin(cwd: string, input: Uint8Array, args: readonly string[] = []): Promise<Ended> {
  const cli = path.join(DIST, 'cli', 'index.js');
  const child = spawn(process.execPath, [cli, 'verify', '-', '--workflow', 'ci.yml', ...args], { cwd, timeout: 25_000 });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // The one who reads need not read to the end.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

test('--help of verify is its own', async () => {
  const { status, stdout, stderr } = await runCommandLine(['verify', '--help']);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('Usage: effective-permissions verify LOGFILE…');
  expect(stdout).toContain('  --actor repository|fork|dependabot');
  expect(stdout).not.toContain('--fail-on');
  expect((await runCommandLine(['--help'])).stdout).toContain('  verify      compares the logs of a run');
});

describe('the exit status', () => {
  test.each<readonly [string, string, readonly string[], number, string]>([
    ['agrees', TEST_LOG, ['--job', 'test'], 0, 'The log agrees'],
    ['agrees, by its name', PUBLISH_LOG, [], 0, 'packages: write'],
    ['differs', TEST_LOG, ['--job', 'call/publish'], 1, "The log is of the job 'test'"],
    ['no group', 'hello\n', ['--job', 'test'], 2, 'no group "GITHUB_TOKEN Permissions"'],
    ['empty group', logText([]), ['--job', 'test'], 2, 'is empty'],
    ['no such job by its name', logText(['Metadata: read'], { name: 'lint' }), [], 2, "'lint'"],
  ])('of a log that %s', async (_, log, args, status, said) => {
    const ended = await verify(checkout({ 'log.txt': log }), ['log.txt', ...args]);
    expect([ended.status, ended.stderr]).toEqual([status, '']);
    expect(ended.stdout.replace(/\s+/g, ' ')).toContain(said);
  });

  test.each<readonly [string, readonly string[], string]>([
    ['no log', [], 'verify needs a log'],
    ['a log that is not there', ['gone.txt'], 'No such log: gone.txt'],
    ['a folder', ['.github'], '.github is a folder'],
    ['a job that is not there', ['log.txt', '--job', 'tset'], 'has no job tset. Its jobs are: test and call/publish.'],
    ['a calling job', ['log.txt', '--job', 'call'], 'Name a job of that: call/publish.'],
    ['an event that is not there', ['log.txt', '--event', 'pus'], 'does not start on "pus". Did you mean push?'],
    ['an option of a check', ['log.txt', '--fix'], '--fix is an option of check.'],
    ['an actor that nobody is', ['log.txt', '--actor', 'me'], '--actor takes repository, fork or dependabot'],
    ['a zip that is none', ['bad.zip'], 'The zip bad.zip could not be read: End of central directory record signature not found. Either not a zip file, or file is truncated. Give the zip'],
    ['a zip without logs', ['other.zip'], 'has no log of a job'],
  ])('2 for %s', async (_, args, said) => {
    const cwd = checkout({
      'log.txt': TEST_LOG,
      'bad.zip': 'PK\x03\x04nothing',
      'other.zip': zipOf([{ name: 'a.txt', content: bytes(TEST_LOG) }]),
    });
    const ended = await verify(cwd, args);
    expect([ended.status, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toContain(said);
  });

  test('2 for files that are not there, and for too many to choose from', async () => {
    const cwd = checkout({ 'log.txt': TEST_LOG });
    const missing = await runCommandLine(['verify', 'log.txt', '--workflow', 'co.yml', '--format', 'json'], { cwd });
    expect([missing.status, JSON.parse(missing.stdout).result]).toEqual([2, 'error']);
    expect(missing.stderr).toContain('There is no workflow file "co.yml". Did you mean ci.yml?');
    expect((await runCommandLine(['verify', 'log.txt'], { cwd })).stderr).toContain('called.yml and ci.yml');
    const empty = await runCommandLine(['verify', path.join(cwd, 'log.txt')], { cwd: temporaryFolder() });
    expect([empty.status, empty.stderr]).toEqual([2, expect.stringContaining('No workflow files')]);
  });
});

describe('where a log comes from', () => {
  test('a zip of a run, each job by its name', async () => {
    const zip = zipOf([
      { name: '0_test.txt', content: bytes(`\ufeff${TEST_LOG}`) },
      { name: '-9_call  Publish npm.txt', content: bytes(logText(['Metadata: read'], { name: null })) },
      { name: 'test/1_Set up job.txt', content: bytes(logText(['Metadata: read'], { name: 'test' })) },
      { name: 'test/system.txt', content: bytes('x') },
      { name: 'call  Publish x/1_Set up job.txt', content: bytes(PUBLISH_LOG) },
      { name: 'call  Publish x/2_Run y.txt', content: bytes('##[group]Run y\n') },
    ]);
    const cwd = checkout({ 'logs.zip': zip });
    const { status, stdout } = await verify(cwd, ['logs.zip', '--format', 'json']);
    const { logs, result, job } = JSON.parse(stdout);
    expect(logs.map((one: { log: string; job: string[]; result: string }) => [one.log, one.job, one.result])).toEqual([
      ['logs.zip/0_test.txt', ['test'], 'agrees'],
      ['logs.zip/-9_call  Publish npm.txt', ['call', 'publish'], 'differs'],
      ['logs.zip/call  Publish x/1_Set up job.txt', ['call', 'publish'], 'agrees'],
    ]);
    expect([status, result, job]).toEqual([1, 'differs', ['call', 'publish']]);
    const piped = await verifyStdin(cwd, zip, ['--job', 'test']);
    expect([piped.status, piped.stderr]).toEqual([0, '']);
  });

  test('of a matrix, whose logs that say the same are told once', async () => {
    const text = CALLED.replace('Publish ${{ matrix.to }}', '${{ matrix.os }}, ${{ matrix.node }}');
    const logs = ['linux, 20', 'linux, 22', 'mac, 20', 'mac, 22'].map((name, index) => ({
      name: `${index}_call  ${name}.txt`,
      content: bytes(logText(['Metadata: read', `Packages: ${index < 3 ? 'write' : 'read'}`], { name: `call / ${name}` })),
    }));
    const cwd = temporaryFolder({ ...FILES, '.github/workflows/called.yml': text, 'logs.zip': zipOf(logs) });
    const { status, stdout } = await verify(cwd, ['logs.zip']);
    expect(status).toBe(1);
    expect(stdout).toContain('Of 4 logs 1 differs from what is computed and 3 agree with what is computed.');
    expect(stdout.match(/^\S+ +call\/publish$/gm)).toEqual(['differs       call/publish', 'agrees        call/publish']);
    expect(stdout).toContain('and 2 other logs of this job: the same');
    const json = await verify(cwd, ['logs.zip', '--format', 'json']);
    expect(JSON.parse(json.stdout).logs).toHaveLength(4);
  });

  test('standard input, UTF-16 as PowerShell writes it, and a git ref', async () => {
    const cwd = checkout({ 'log16.txt': Buffer.from(`\ufeff${TEST_LOG.replaceAll('\n', '\r\n')}`, 'utf16le') });
    expect((await verifyStdin(cwd, bytes(TEST_LOG))).status).toBe(0);
    expect((await verifyStdin(cwd, bytes(''), ['--job', 'test'])).status).toBe(2);
    expect((await verify(cwd, ['log16.txt'])).status).toBe(0);
    const git = (...args: string[]): unknown => execFileSync('git', args, { cwd });
    git('init', '-q');
    git('add', '.github');
    git('-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'x');
    writeFileSync(path.join(cwd, '.github/workflows/ci.yml'), CI.replace('contents: read', 'contents: write'));
    expect((await verify(cwd, ['log16.txt'])).status).toBe(1);
    expect((await verify(cwd, ['log16.txt', '--at', 'HEAD'])).status).toBe(0);
    const elsewhere = ['verify', path.join(cwd, 'log16.txt'), '--directory', cwd, '--workflow'];
    for (const file of ['ci.yml', '.github/workflows/ci.yml', path.join(cwd, '.github/workflows/ci.yml')]) {
      expect((await runCommandLine([...elsewhere, file, '--at', 'HEAD'], { cwd: temporaryFolder() })).status).toBe(0);
    }
  });

  test('a policy says what the setting is, and which permissions are new', async () => {
    const OPEN = 'on: push\njobs: { test: { runs-on: x } }\n';
    const cwd = temporaryFolder({
      '.github/workflows/ci.yml': OPEN,
      '.github/permissions-policy.yml': 'version: 1\ndefault-permissions: write\n',
      'other.yml': 'version: 1\ndefault-permissions: read\n',
      'broken.yml': 'version: 1\ndefault-permissions: admin\n',
      'log.txt': logText(['Contents: read', 'Metadata: read', 'Packages: read'], { name: 'test' }),
      'new.txt': logText(['Galaxies: read', 'Metadata: read'], { name: 'test' }),
    });
    const differs = await verify(cwd, ['log.txt']);
    expect([differs.status, differs.stderr]).toEqual([1, '']);
    expect(differs.stdout.replace(/\s+/g, ' ')).toContain('The setting "Workflow permissions" was read.');
    expect((await verify(cwd, ['log.txt', '--default-permissions', 'read'])).status).toBe(0);
    expect((await verify(cwd, ['log.txt', '--policy', path.join(cwd, 'other.yml')])).status).toBe(0);
    const broken = await verify(cwd, ['log.txt', '--policy', path.join(cwd, 'broken.yml')]);
    expect([broken.status, broken.stdout]).toEqual([2, '']);
    expect(broken.stderr).toContain('broken.yml:2:22');
    const git = (...args: string[]): unknown => execFileSync('git', args, { cwd });
    git('init', '-q');
    git('add', '.github');
    git('-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false', 'commit', '-qm', 'x');
    const added = 'version: 1\nscopes: { galaxies: [read, write] }\n';
    writeFileSync(path.join(cwd, '.github/permissions-policy.yml'), added);
    expect((await verify(cwd, ['log.txt'])).status).toBe(0);
    expect((await verify(cwd, ['log.txt', '--at', 'HEAD'])).status).toBe(1);
    writeFileSync(path.join(cwd, '.github/workflows/ci.yml'), `permissions: { galaxies: read }\n${OPEN}`);
    expect((await verify(cwd, ['new.txt'])).status).toBe(0);
  });

  test('a zip that grows without an end is not read to it', async () => {
    const endless = Buffer.alloc(64 * 1024 * 1024, 'x');
    const zip = zipOf([
      { name: '0_test.txt', content: endless },
      { name: '1_call  Publish x.txt', content: endless, size: 10 },
    ]);
    const { status, stderr } = await verify(checkout({ 'logs.zip': zip }), ['logs.zip']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('could not be read')]);
    const honest = zipOf([{ name: '0_test.txt', content: endless }]);
    expect((await verify(checkout({ 'logs.zip': honest }), ['logs.zip'])).stdout).toContain('could not be compared');
  });
});

test('hostile names are shown, not obeyed, and no other text of a log comes out', async () => {
  const name = '::error::x\x1b[31m\u202e##[error]y';
  const log = logText(['Contents: read', 'Metadata: read'], { name, steps: ['ghs_secret'] });
  const cwd = checkout({ 'log.txt': log });
  for (const args of [[], ['--job', 'call/publish'], ['--format', 'json']]) {
    const { stdout } = await verify(cwd, ['log.txt', ...args]);
    expect(stdout).not.toContain('ghs_');
    if (args.includes('json')) expect(JSON.parse(stdout).unmatched).toEqual([name]);
    else expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]|^\s*::|##\[/m); // eslint-disable-line no-control-regex
  }
});

/**
 * Prints at the end how many kilobytes it took at most. What Linux tells through `getrusage` is at least what the process
 * had that started it.
 */
const MOST_MEMORY = `data:text/javascript,${encodeURIComponent(`
  import { existsSync, readFileSync } from 'node:fs';
  const status = '/proc/self/status';
  process.on('exit', () => {
    const peak = existsSync(status) ? /VmHWM:\\s*(\\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
    process.stderr.write(String(peak ?? process.resourceUsage().maxRSS));
  });
`)}`;

test('200 MB take less than 100 MB of memory', async () => {
  const cwd = checkout({});
  const prefixed = (text: string, job: string) => text.replaceAll(/^/gm, `${job}\tUNKNOWN STEP\t`).replace(/[^\n]*$/, '');
  const line = 'test\tUNKNOWN STEP\t2026-10-04T06:48:52.9649673Z what a step prints, which is of no interest here at all\n';
  const block = Buffer.from(line.repeat(10_000));
  const cli = path.join(DIST, 'cli', 'index.js');
  const child = spawn(
    process.execPath,
    ['--max-old-space-size=64', '--import', MOST_MEMORY, cli, 'verify', '-', '--workflow', 'ci.yml', '--format', 'json'],
    { cwd },
  );
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  child.stdin.write(prefixed(TEST_LOG, 'test'));
  let written = 0;
  for (; written < 200_000_000; written += block.length) {
    if (!child.stdin.write(block)) await once(child.stdin, 'drain');
  }
  // The last job is found as well.
  child.stdin.end(prefixed(PUBLISH_LOG, 'call / Publish npm'));
  const [status] = (await once(child, 'close')) as [number | null];
  const kilobytes = Number(Buffer.concat(stderr).toString());
  expect(status).toBe(0);
  expect(JSON.parse(Buffer.concat(stdout).toString()).logs).toHaveLength(2);
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThan(100_000);
}, 60_000);

test('a log that is no zip needs nothing of what reads zips, and a check needs nothing of verify', async () => {
  const cwd = checkout({ 'log.txt': TEST_LOG });
  const dist = distWithout(/End of central directory/);
  expect((await runCommandLine(['verify', 'log.txt', '--workflow', 'ci.yml'], { cwd, dist })).status).toBe(0);
  expect(readFileSync(path.join(DIST, 'cli', 'index.js'), 'utf8')).not.toContain('GITHUB_TOKEN Permissions');
});
