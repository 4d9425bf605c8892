import { readAction } from '../../src/workflow/read-action.ts';
import { expect, test } from '@jest/globals';

import type { StepUse } from '../../src/model/needs.ts';
import { jobReports } from './job-reports.ts';
import { stepsUse } from '../../src/needs/job-steps.ts';
import { loadActionFiles } from '../../src/needs/actions/load-action-files.ts';
import { allUses } from '../../src/needs/uses.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { short } from './using.ts';

const PATH = '.github/workflows/ci.yml';

/** What a job with these steps uses, in a checkout with these files. */
async function used(steps: string, files: Readonly<Record<string, string>>): Promise<StepUse> {
  const encoder = new TextEncoder();
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n${steps.replace(/^/gm, '      ')}`;
  const workflows = readFiles([{ path: PATH, bytes: encoder.encode(text) }]);
  const missing = { kind: 'not-found' as const, reason: 'none' };
  const actionFiles = await loadActionFiles(workflows, new Map(), {
    read: () => Promise.resolve(missing),
    readLocal: (path) => {
      const found = files[path];
      const bytes = encoder.encode(found);
      return Promise.resolve(found === undefined ? missing : { kind: 'found', bytes, commit: null, anyRef: false });
    },
    isKnown: () => false,
    readAction,
    repository: null,
  });
  const [{ workflow } = { workflow: null }] = workflows;
  const read = {
    job: workflow!.jobs[0]!,
    workflow: workflow!,
    path: PATH,
    place: { kind: 'checkout' as const, path: PATH },
    events: ['push'],
    identity: false,
    tokenExpressions: [],
  };
  const settings = {
    platform: { kind: 'github.com' as const },
    repository: { owner: 'octo', name: 'own' },
    visibility: 'private' as const,
    defaultPermissions: { value: 'read' as const, source: 'option' as const },
    forkPullRequests: 'off' as const,
  };
  const world = { settings, actionFiles, readFile: () => null, declaredActions: [] };
  return allUses(stepsUse(read, world, { scripts: new Map(), actions: new Map() }));
}

const COMMENT = `inputs:
  token: { default: "\${{ github.token }}" }
  run: {}
runs:
  using: composite
  steps:
    - shell: bash
      env: { GH_TOKEN: "\${{ inputs.token }}" }
      run: \${{ inputs.run }}
`;

test('what a composite action does is told at its own lines', async () => {
  const use = await used('- uses: ./a\n  with: { run: gh issue create }', { 'a/action.yml': COMMENT });
  expect(short(use)).toEqual(['issues: write']);
  expect(use.needs[0]).toMatchObject({ path: 'a/action.yml', line: 9 });
});

test('a script that is handed over keeps its lines, and is told where it is put', async () => {
  const use = await used('- uses: ./a\n  with:\n    run: |\n      echo\n      gh issue create', {
    'a/action.yml': COMMENT,
  });
  expect(short(use)).toEqual(['issues: write']);
  expect(use.needs[0]).toMatchObject({ path: 'a/action.yml', line: 9 });
});

test('another token than that of the job needs nothing of it', async () => {
  const use = await used('- uses: ./a\n  with: { run: gh issue create, token: "${{ secrets.PAT }}" }', {
    'a/action.yml': COMMENT,
  });
  expect(short(use)).toEqual([]);
});

test('the token goes through an action that uses another', async () => {
  const outer = `inputs: { gh: {} }
runs:
  using: composite
  steps:
    - uses: ./a
      with: { run: gh issue create, token: "\${{ inputs.gh }}" }
`;
  const steps = '- uses: ./b\n  env: { MINE: "${{ github.token }}" }\n  with: { gh: "${{ env.MINE }}" }';
  expect(short(await used(steps, { 'a/action.yml': COMMENT, 'b/action.yml': outer }))).toEqual(['issues: write']);
});

test('an action that is not there may do all', async () => {
  expect(short(await used('- uses: ./a', {}))).toEqual(['? all']);
});

test('actions that use one another over and over are not followed for ever', () => {
  const step = { position: { line: 1, column: 1 }, condition: null, run: null, with: [], env: [] };
  const uses = { text: './a', position: { line: 4, column: 13 } };
  const definition = {
    kind: 'composite' as const,
    inputs: [],
    steps: Array.from({ length: 5 }, () => ({ ...step, uses })),
  };
  const files = new Map([['./a', { kind: 'found' as const, path: 'a/action.yml', definition, anyRef: false }]]);
  const text = 'on: push\njobs:\n  x:\n    runs-on: y\n    steps:\n      - uses: ./a\n';
  const job = jobReports(text, { actionFiles: files }).get('x');
  expect(job?.needs?.uncertain).toBe('all');
});
