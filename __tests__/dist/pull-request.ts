import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { expect } from '@jest/globals';

import { git, history, repository } from '../edge/called-git.ts';
import { gitApi } from '../edge/git-api.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import type { FakeApi } from '../edge/fake-api.ts';
import { schemaErrors } from '../schema/validate.ts';
import { runAction, type ActionEnded } from './run-bundle.ts';

/** Files of a repository; `null` removes one. */
export type Files = Readonly<Record<string, string | null>>;

export const POLICY = '.github/permissions-policy.yml';
export const BASELINE = '.github/permissions-baseline.json';
export const GATE = '.github/workflows/gate.yml';
export const CI = '.github/workflows/ci.yml';

/** The workflow that runs our action; `inputs` stand under `with`, `more` in the step. */
export function gate(inputs = '', more = ''): string {
  const given = `        with:\n${`json-file: report.json\n${inputs}`.trim().replace(/^/gm, '          ')}\n`;
  const others = more === '' ? '' : `${more.replace(/^/gm, '        ')}\n`;
  return `on: pull_request
permissions:
  contents: read
jobs:
  permissions:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v6
      - uses: octo-tools/effective-permissions@v1
${given}${others}`;
}

/** A workflow with a permission that nobody knows, which is an error; `more` stands above its block. */
export function unknown(more = ''): string {
  return `on: push
${more}permissions:
  brand-new: read
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - run: "true"
`;
}

/** A pull request on a real repository, with the merge commit that GitHub makes for it. */
export interface PullRequest {
  readonly folder: string;
  readonly base: string;
  readonly head: string;
  readonly merge: string;
}

/**
 * Makes a repository whose branch `main` has what a base has, and a pull request with what its head changes.
 *
 * @param old what the base had when the head branched off; the base's own files came later.
 */
export function pullRequest(base: Files, head: Files, old?: Files): PullRequest {
  const folder = repository();
  const main = 'refs/heads/main';
  const tip = old === undefined ? 0 : 2;
  const names = history(folder, [
    { ref: main, parents: [], files: old ?? base },
    { ref: 'refs/heads/change', parents: [0], files: head },
    ...(old === undefined ? [] : [{ ref: main, parents: [0], files: base }]),
    { ref: 'refs/pull/1/merge', parents: [tip, 1], files: head },
  ]);
  return { folder, base: names[tip]!, head: names[1]!, merge: names.at(-1)! };
}

/** What `git config` would do in a process of its own. */
function addSetting(folder: string, text: string): void {
  appendFileSync(path.join(folder, '.git', 'config'), text);
}

/** What actions/checkout leaves in the workspace: a commit and as many before it as are asked for. */
export function checkout({ folder }: PullRequest, ref: string, depth = 1): string {
  const workspace = temporaryFolder();
  git(workspace, 'init', '-q');
  addSetting(workspace, `[remote "origin"]\n\turl = file://${folder}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n`);
  addSetting(folder, '[uploadpack]\n\tallowAnySHA1InWant = true\n');
  git(workspace, 'fetch', '-q', `--depth=${depth}`, 'origin', ref);
  git(workspace, 'checkout', '-q', 'FETCH_HEAD');
  return workspace;
}

/** How the action runs on a pull request. */
export interface GateRun {
  readonly with?: Readonly<Record<string, string>>;
  readonly env?: NodeJS.ProcessEnv;
  /** How many commits the checkout has; 0 for no checkout. */
  readonly depth?: number;
  readonly kind?: 'pull_request' | 'pull_request_target' | 'merge_group';
  readonly ref?: string;
  readonly api?: FakeApi;
  /** What steps before ours do in the workspace. */
  readonly prepare?: (workspace: string) => void;
}

/** What the action said: its end, its report, and what it asked the API. */
export interface GateEnded extends ActionEnded {
  readonly report: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- JSON that came back
  readonly rules: readonly string[];
  readonly requests: readonly string[];
}

/** Runs the action on a pull request as GitHub would. The inputs are those that the head's own step writes. */
export async function runGate(request: PullRequest, run: GateRun = {}): Promise<GateEnded> {
  const { kind = 'pull_request', depth = 1 } = run;
  const api = run.api ?? (await gitApi(request.folder));
  const sha = kind === 'pull_request_target' ? request.base : request.merge;
  const workspace = depth === 0 ? temporaryFolder() : checkout(request, run.ref ?? sha, depth);
  run.prepare?.(workspace);
  const repository = { default_branch: 'main', visibility: 'public' };
  const event =
    kind === 'merge_group'
      ? { repository, merge_group: { base_ref: 'refs/heads/main', base_sha: request.base, head_sha: request.merge } }
      : { repository, pull_request: { base: { ref: 'main', sha: request.base }, head: { sha: request.head } } };
  const ended = await runAction({
    workspace,
    with: { ...run.with, 'json-file': 'report.json' },
    event,
    env: {
      GITHUB_API_URL: api.url,
      GITHUB_EVENT_NAME: kind,
      GITHUB_BASE_REF: kind === 'merge_group' ? '' : 'main',
      GITHUB_SHA: sha,
      GITHUB_WORKFLOW_REF: `octo-org/octo-repo/${GATE}@refs/pull/1/merge`,
      GITHUB_JOB: 'permissions',
      GITHUB_ACTION: '__octo-tools_effective-permissions',
      GITHUB_ACTION_REPOSITORY: 'octo-tools/effective-permissions',
      ...run.env,
    },
  });
  const file = ended.outputs['json-file'] ?? '';
  const report = file === '' ? null : JSON.parse(readFileSync(file, 'utf8'));
  if (report !== null) expect(schemaErrors(report)).toEqual([]);
  return {
    ...ended,
    report,
    rules: (report?.findings ?? []).map(({ rule }: { rule: string }) => rule),
    requests: api.requests.map(({ line }) => line),
  };
}
