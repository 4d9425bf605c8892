import { describe, expect, test } from '@jest/globals';

import type { WhatIf } from '../../src/model/settings.ts';
import { PATH } from '../helpers/checking.ts';
import { reportOfTrying, tryingIn } from './trying.ts';

const READ: WhatIf = { setting: 'default-permissions', value: 'read' };
const WRITE: WhatIf = { setting: 'default-permissions', value: 'write' };
const PUBLIC: WhatIf = { setting: 'visibility', value: 'public' };

const CALLED = '.github/workflows/called.yml';

/** A workflow with these jobs. */
function workflow(jobs: string, on = 'push'): string {
  return `on: ${on}\njobs:\n${jobs}`;
}

function job(id: string, steps: string, block = ''): string {
  return `  ${id}:\n    runs-on: ubuntu-latest\n${block}    steps:\n${steps}`;
}

const CHECKOUT = '      - uses: actions/checkout@v6\n';
const RELEASE = CHECKOUT + '      - run: gh release create v1\n        env: { GH_TOKEN: "${{ github.token }}" }\n';
const OPAQUE = '      - uses: octo-org/who-knows@v1\n';
const BLOCK = '    permissions: { contents: write }\n';

describe('a default that becomes read', () => {
  test('is noticed by jobs without a block whose steps write', () => {
    const text = workflow(job('test', CHECKOUT) + job('release', RELEASE) + job('kept', RELEASE, BLOCK));
    const tried = tryingIn(READ, text, { default: 'write', visibility: 'public' });
    expect(tried).toMatchObject({ value: 'read', before: 'write', isAssumed: false, failing: [], unclear: [] });
    expect(tried.losing).toEqual([
      {
        workflow: PATH,
        job: ['release'],
        permissions: [{ permission: 'contents', granted: 'read', needed: 'write' }],
      },
    ]);
    expect(tried.blocks).toEqual([{ workflow: PATH, job: ['release'], permissions: { contents: 'write' } }]);
    // `test` gets less and needs none of it.
    expect(tried.unaffected).toBe(1);
  });

  test('may be noticed by jobs that nobody can see into: their block keeps what they have', () => {
    const tried = tryingIn(READ, workflow(job('opaque', OPAQUE)), { default: 'write', visibility: 'public' });
    expect(tried.unclear).toEqual([{ workflow: PATH, job: ['opaque'] }]);
    const [block] = tried.blocks;
    const { declared, grants } = reportOfTrying(READ, workflow(job('opaque', OPAQUE)), { default: 'write' })
      .workflows[0]!.jobs[0]!;
    expect(declared).toBeNull();
    const { metadata: _always, ...granted } = grants[0]!.permissions;
    expect(block).toEqual({ workflow: PATH, job: ['opaque'], permissions: granted });
  });

  test('stops a run whose called workflow asks for more, and then all its jobs count', () => {
    const files = {
      [PATH]: workflow(
        `  call:\n    uses: ./${CALLED}\n` + job('test', CHECKOUT) + job('release', RELEASE) + job('opaque', OPAQUE),
      ),
      [CALLED]: workflow(job('publish', RELEASE, BLOCK), 'workflow_call'),
    };
    const tried = tryingIn(READ, files, { default: 'write', visibility: 'public' });
    expect(tried.failing).toEqual([PATH]);
    expect(tried.blocks.map(({ job: path }) => path)).toEqual([['call'], ['release'], ['opaque']]);
    expect(tried.blocks[0]?.permissions).toEqual({ contents: 'write' });
    expect(tried.unaffected).toBe(0);
  });

  test('changes nothing where it is read already', () => {
    const { whatIf, changes } = reportOfTrying(READ, workflow(job('release', RELEASE)), { default: 'read' });
    expect([changes, whatIf?.losing, whatIf?.blocks]).toEqual([[], [], []]);
  });

  test('is compared with write where nobody knows what it is', () => {
    const tried = tryingIn(READ, workflow(job('release', RELEASE)), { visibility: 'public' });
    expect(tried).toMatchObject({ before: 'write', isAssumed: true, losing: [{ job: ['release'] }] });
  });
});

describe('a default that becomes write', () => {
  test('gives more to jobs without a block: theirs keeps it away', () => {
    const { whatIf, changes } = reportOfTrying(WRITE, workflow(job('test', CHECKOUT)), {
      default: 'read',
      visibility: 'public',
    });
    expect(changes?.map(({ kind }) => kind)).toContain('raised');
    expect(whatIf).toMatchObject({ losing: [], unclear: [], failing: [], unaffected: 0 });
    expect(whatIf?.blocks).toEqual([{ workflow: PATH, job: ['test'], permissions: { contents: 'read' } }]);
  });

  test('starts a run that did not start: nobody loses anything', () => {
    const files = {
      [PATH]: workflow(`  call:\n    uses: ./${CALLED}\n` + job('release', RELEASE)),
      [CALLED]: workflow(job('publish', RELEASE, BLOCK), 'workflow_call'),
    };
    const { whatIf, changes } = reportOfTrying(WRITE, files, { default: 'read', visibility: 'public' });
    expect(new Set(changes?.map(({ kind }) => kind))).toEqual(new Set(['stops-failing']));
    expect(whatIf?.losing).toEqual([]);
  });
});

describe('a visibility', () => {
  test('that becomes public lets forks start runs', () => {
    const { whatIf, changes } = reportOfTrying(PUBLIC, workflow(job('test', CHECKOUT, BLOCK), 'pull_request'), {
      visibility: 'private',
      forks: 'off',
    });
    expect(changes?.map(({ kind, actor }) => [kind, actor])).toEqual([['reachable-by-outsiders', 'fork']]);
    expect(whatIf).toMatchObject({ setting: 'visibility', value: 'public', before: 'private', blocks: [] });
  });

  test('does not matter to a job that no fork starts', () => {
    const { whatIf, changes } = reportOfTrying(PUBLIC, workflow(job('test', CHECKOUT, BLOCK)), {
      visibility: 'private',
      forks: 'off',
    });
    expect([changes, whatIf?.unaffected]).toEqual([[], 1]);
  });
});
