import type { CalledFile, CalledFiles } from '../../src/calls/called-files.ts';
import type { Change } from '../../src/model/change.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { bytesOf } from '../helpers/checking.ts';

/** Nothing is left open: a public repository whose default is `read`. */
export const KNOWN = { default: 'read', visibility: 'public' } as const;

export const CI = '.github/workflows/ci.yml';
export const DEPLOY = '.github/workflows/deploy.yml';
export const LIB = '.github/workflows/lib.yml';

export const READ = 'permissions: { contents: read }';
export const WRITE = 'permissions: { contents: write }';

/** Only pushes, or only new branches, run it. */
export const ON_PUSH = "if: github.event_name == 'push'";
export const ON_CREATE = "if: github.event_name == 'create'";

/** A workflow: `on` is its first line, its jobs begin in the third. */
export function file(on: string, ...jobs: readonly string[]): string {
  return `on: ${on}\njobs:\n${jobs.join('')}`;
}

/** The same with a block of its own in the second line: its jobs begin in the fourth. */
export function fileWith(block: string, on: string, ...jobs: readonly string[]): string {
  return `on: ${on}\n${block}\njobs:\n${jobs.join('')}`;
}

/** A job that does what its step says, with more keys, which begin in its third line: four lines without any. */
export function job(id: string, more: readonly string[] = [], step = id): string {
  return indented(`${id}:`, '  runs-on: x', ...more.map((line) => `  ${line}`), '  steps:', `    - run: ${step}`);
}

/** A job that calls, with more keys, which begin in its third line. */
export function calling(id: string, target: string, more: readonly string[] = []): string {
  const reference = target.startsWith('.github/') ? `./${target}` : target;
  return indented(`${id}:`, `  uses: ${reference}`, ...more.map((line) => `  ${line}`));
}

function indented(...lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

/** How a workflow of another repository is called. */
export const remote = (ref: string): string => `octo-org/tools/${DEPLOY}@${ref}`;

/** What was read of it, by ref. */
export function called(texts: Readonly<Record<string, string>>): CalledFiles {
  return new Map(
    Object.entries(texts).map(([ref, text]): [string, CalledFile] => {
      const place = { kind: 'repository', owner: 'octo-org', name: 'tools', path: DEPLOY, ref, commit: null } as const;
      const [read] = readFiles([{ path: DEPLOY, bytes: bytesOf(text) }]);
      return [remote(ref), { kind: 'found', place, read: read!, anyRef: false }];
    }),
  );
}

/** Two versions of one, the second of which asks for more and has one more job. */
export const CALLED: CalledFiles = called({
  v1: file('workflow_call', job('b', [READ])),
  v2: file('workflow_call', job('b', [WRITE]), job('c', [READ])),
});

/** The kind of a change and its job, and below it where to look and why. */
export function told({ kind, workflow, job: path, because }: Change): string {
  const name = (file: string): string => file.replace('.github/workflows/', '').replace(/\.yml$/, '');
  const where = `${name(because.path)}:${String(because.line)}:${String(because.column)}`;
  return `${kind} ${[name(workflow), ...(path ?? [])].join('/')}\n  ${where} ${because.message}`;
}
