import { rmSync } from 'node:fs';
import path from 'node:path';

import { expect } from '@jest/globals';

import { runCommandLine } from '../../../src/edge/command-line/run-command-line.ts';
import type { Change } from '../../../src/model/change.ts';
import { schemaErrors } from '../../schema/validate.ts';
import { commit, git, repository } from '../called-git.ts';
import { addFiles } from '../temporary-folder.ts';

/** Files of a repository; `null` removes one. */
export type Files = Readonly<Record<string, string | null>>;

export const CI = '.github/workflows/ci.yml';
export const CALLED = '.github/workflows/called.yml';

/** A workflow of one job; `block` is what `permissions` is, `on` the events. */
export function workflow(block: string, on = 'push', job = ''): string {
  return `on: ${on}
permissions: ${block}
jobs:
  build:
    runs-on: ubuntu-latest
${job.replace(/^(?=.)/gm, '    ')}    steps:
      - run: "true"
`;
}

/** A workflow that calls another one, and what it passes on. */
export function caller(uses: string, block = '{ contents: write }'): string {
  return `on: push\npermissions: ${block}\njobs:\n  call:\n    uses: ${uses}\n`;
}

export const READ = '{ contents: read }';
export const WRITE = '{ contents: write }';

/** Commits files, and returns the commit. */
export function change(folder: string, files: Files): string {
  for (const [name, content] of Object.entries(files)) if (content === null) git(folder, 'rm', '-q', name);
  const written = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
  return commit(folder, Object.fromEntries(written));
}

/** A repository whose `main` has the base, and that is on a branch `change` with what the head makes of it. */
export function branched(base: Files, head: Files): string {
  const folder = repository();
  change(folder, base);
  git(folder, 'checkout', '-q', '-b', 'change');
  change(folder, head);
  return folder;
}

/** Puts files into the folder, without a commit. */
export function edit(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) rmSync(path.join(folder, name));
    else addFiles(folder, { [name]: content });
  }
}

/** What the command line said. */
export interface Said {
  readonly status: number;
  readonly stderr: string;
  /** One line each: `raised ci.yml build: contents read → write`. */
  readonly changes: readonly string[];
  readonly report: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- JSON that came back
}

/** A change in one line, as far as scenarios look at it. */
export function inOneLine({ kind, workflow: file, job = [], permissions }: Change): string {
  const levels = permissions.map(({ permission, before, after }) => `${permission} ${before} → ${after}`);
  return `${kind} ${[path.posix.basename(file), ...job].join(' ')}: ${levels.join(', ')}`;
}

/** Runs the command line in this process; `--format json` and known settings, unless others are given. */
export async function compare(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Said> {
  const printed = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): { write: (text: string, done: () => void) => void } => ({
    write: (text, done) => {
      printed[name] += text;
      done();
    },
  });
  const known = ['--default-permissions', 'read', '--visibility', 'public', '--format', 'json'];
  const status = await runCommandLine({
    args: [folder, ...known, ...args],
    env: { GITHUB_API_URL: 'http://127.0.0.1:1', ...env },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  });
  const report = JSON.parse(printed.stdout);
  expect(schemaErrors(report)).toEqual([]);
  return { status, stderr: printed.stderr, changes: (report.changes ?? []).map(inOneLine), report };
}
