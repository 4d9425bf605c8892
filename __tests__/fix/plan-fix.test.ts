import { describe, expect, test } from '@jest/globals';

import { check } from '../../src/check.ts';
import { planFix } from '../../src/fix/plan-fix.ts';
import type { FixPlan } from '../../src/fix/plan-fix.ts';
import type { Permissions } from '../../src/model/permission.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import { bytesOf, UNKNOWN } from '../helpers/checking.ts';
import { byId, planned, sourcesOf, textOf, withSuggestions } from './suggesting.ts';
import type { Suggest } from './suggesting.ts';

const OPTIONS = { toolVersion: '1.0.0', failOn: 'error' } as const;
const READ: Permissions = { contents: 'read' };
const WRITE: Permissions = { contents: 'write' };

/** By path: what it is called in these tests. */
function file(name: string): string {
  return `.github/workflows/${name}.yml`;
}

function job(id: string, more = 'runs-on: x'): string {
  return `  ${id}:\n    ${more}\n`;
}

function workflow(on: string, block: string, ...jobs: readonly string[]): string {
  return `on: ${on}\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;
}

async function plan(texts: Readonly<Record<string, string>>, suggest: Suggest): Promise<FixPlan> {
  return planned(
    sourcesOf(Object.fromEntries(Object.entries(texts).map(([name, text]) => [file(name), text]))),
    suggest,
  );
}

function changed({ changes }: FixPlan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    changes.map(({ path, after }) => [path.slice('.github/workflows/'.length, -4), textOf(after)]),
  );
}

function refusedIn({ refused }: FixPlan): readonly string[] {
  return refused.map(({ path, line, reason }) => `${path}:${line}: ${reason}`);
}

const CALL = 'uses: ./.github/workflows/called.yml';

describe('calls', () => {
  test('caller and called workflow are narrowed together', async () => {
    const texts = {
      ci: workflow('push', 'write-all', job('call', CALL)),
      called: workflow('workflow_call', 'write-all', job('build')),
    };
    const result = await plan(texts, byId({ call: READ, build: READ }));
    expect(result.refused).toEqual([]);
    expect(Object.keys(changed(result))).toEqual(['ci', 'called']);
    expect(result.report.workflows.map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
    expect(result.report.workflows.flatMap(({ jobs }) => jobs.map(({ declared }) => declared))).toEqual([
      READ,
      READ,
      READ,
    ]);
  });

  test('a caller is not narrowed below what the called workflow goes on to ask for', async () => {
    const texts = {
      ci: workflow('push', 'write-all', job('call', CALL)),
      called: workflow('workflow_call', 'write-all', job('build')),
    };
    const result = await plan(texts, byId({ call: READ }));
    expect(result.changes).toEqual([]);
    expect(refusedIn(result)).toEqual([
      expect.stringMatching(
        /^\.github\/workflows\/ci\.yml:2: With it, `.*ci\.yml` would not start a run as before: .*called\.yml'.* is requesting/,
      ),
    ]);
  });

  test('a called workflow does not ask for more than its callers give, and the others are changed', async () => {
    const texts = {
      ci: workflow('push', 'read-all', job('call', CALL), job('other')),
      called: workflow('workflow_call', '{}', job('build')),
    };
    const result = await plan(texts, ({ path }) =>
      path.at(-1) === 'build' ? WRITE : path.at(-1) === 'other' ? READ : null,
    );
    expect(Object.keys(changed(result))).toEqual(['ci']);
    expect(refusedIn(result)).toEqual([expect.stringMatching(/called\.yml:2: With it, .*ci\.yml/)]);
  });

  test('a job that has what its caller gives keeps it when its need is not known', async () => {
    const texts = {
      ci: workflow('push', 'write-all', job('call', CALL)),
      called: workflow('workflow_call', '', job('build')),
    };
    const unknown = await plan(texts, byId({ call: READ }));
    expect(unknown.changes).toEqual([]);
    expect(refusedIn(unknown)).toEqual([
      ".github/workflows/ci.yml:2: With it, the job 'call/build' would get something else, and what it needs is not known.",
    ]);
    const known = await plan(texts, byId({ call: READ, build: READ }));
    expect([Object.keys(changed(known)), known.refused]).toEqual([['ci'], []]);
    const needing = await plan(texts, byId({ call: READ, build: WRITE }));
    expect(refusedIn(needing)).toEqual([
      ".github/workflows/ci.yml:2: With it, the job 'call/build' would lose a permission that it needs.",
    ]);
  });

  test('a called job has what it needs wherever it is called', async () => {
    const texts = {
      one: workflow('push', 'write-all', job('call', CALL)),
      two: workflow('push', 'write-all', job('call', CALL)),
      called: workflow('workflow_call', 'write-all', job('build')),
    };
    const suggest: Suggest = ({ definedIn, path }) => {
      if (definedIn !== file('called')) return null;
      return path.length === 1 ? {} : READ;
    };
    expect(changed(await plan(texts, suggest))).toEqual({
      called: workflow('workflow_call', '\n  contents: read', job('build')).replace(': \n', ':\n'),
    });
  });
});

describe('what is checked before anything is written', () => {
  const text = workflow('push', 'write-all', job('build'));
  const sources = sourcesOf({ [file('ci')]: text, [file('ok')]: workflow('push', 'write-all', job('other')) });
  const report = withSuggestions(check(sources, UNKNOWN, OPTIONS), byId({ build: READ, other: READ }));

  /** A plan whose second check sees other texts than were planned. */
  function planSeeing(change: (text: string) => string): Promise<FixPlan> {
    return planFix(sources, report, {
      cannotWrite: () => null,
      recheck: (files: readonly WorkflowSource[]) =>
        Promise.resolve(
          check(
            files.map((source) =>
              'bytes' in source && source.path === file('ci')
                ? { path: source.path, bytes: bytesOf(change(textOf(source.bytes))) }
                : source,
            ),
            UNKNOWN,
            OPTIONS,
          ),
        ),
    });
  }

  test.each<[string, (text: string) => string, RegExp]>([
    [
      'computes to something else',
      (after) => after.replace('read', 'write'),
      /the job 'build' would not get what was announced/,
    ],
    ['lost a job', (after) => after.replace('build', 'x'), /the job 'build' would not get what was announced/],
    ['fails to parse', (after) => `${after}jobs:\n`, /would not start a run as before/],
  ])('a file that then %s stays as it is, and the others do not', async (_, change, reason) => {
    const result = await planSeeing((seen) => (seen === text ? seen : change(seen)));
    expect(Object.keys(changed(result))).toEqual(['ok']);
    expect(result.refused).toEqual([{ path: file('ci'), line: 2, reason: expect.stringMatching(reason) }]);
  });

  test('a file that cannot be written stays as it is', async () => {
    const result = await planFix(sources, report, {
      cannotWrite: (path) => (path === file('ci') ? 'No.' : null),
      recheck: (files) => Promise.resolve(check(files, UNKNOWN, OPTIONS)),
    });
    expect(Object.keys(changed(result))).toEqual(['ok']);
    expect(refusedIn(result)).toEqual([`${file('ci')}:2: No.`]);
  });

  test('a permission that does not exist, or is unknown on the platform, is not written', async () => {
    for (const suggested of [{ nonsense: 'read' }, { metadata: 'read' }, { models: 'write' }] as const) {
      const result = await planned(sources, byId({ build: suggested }));
      expect(result.changes).toEqual([]);
      expect(result.refused).toHaveLength(1);
    }
  });

  test('a file that is not UTF-8 stays as it is', async () => {
    const bytes = new Uint8Array([...bytesOf(text), 0x23, 0xff, 0x0a]);
    const result = await planned([{ path: file('ci'), bytes }], byId({ build: READ }));
    expect([result.changes, result.refused.length]).toEqual([[], 1]);
  });

  test('what a setting of unknown value grants, and a step may use, is not written', async () => {
    const bare = sourcesOf({ [file('ci')]: workflow('push', '', job('build')) });
    for (const [value, count] of [
      ['unknown', 0],
      ['write', 1],
    ] as const) {
      const settings = { ...UNKNOWN, defaultPermissions: { value, source: 'option' } } as const;
      const made = withSuggestions(check(bare, settings, OPTIONS), byId({ build: WRITE }));
      const workflows = made.workflows.map((each) => ({
        ...each,
        jobs: each.jobs.map((one) => ({ ...one, needs: { ...one.needs!, permissions: READ } })),
      }));
      const result = await planFix(
        bare,
        { ...made, workflows },
        { cannotWrite: () => null, recheck: (files) => Promise.resolve(check(files, settings, OPTIONS)) },
      );
      expect(result.changes).toHaveLength(count);
    }
  });

  test('where nothing is known, nothing is changed or checked again', async () => {
    const unknown = check(sources, UNKNOWN, OPTIONS);
    const result = await planFix(sources, unknown, {
      cannotWrite: () => null,
      recheck: () => Promise.reject(new Error('no')),
    });
    expect(result).toEqual({ changes: [], refused: [], report: unknown });
  });
});

test('a job gets no more than what the reductions leave', async () => {
  const texts = { ci: workflow('pull_request', 'write-all', job('build')) };
  const { report } = await plan(texts, byId({ build: { contents: 'write', issues: 'write' } }));
  const grants = report.workflows[0]!.jobs[0]!.grants;
  const fork = grants.find(({ actor, visibility }) => actor === 'fork' && visibility !== 'private');
  expect(fork?.permissions).toMatchObject({ contents: 'read', issues: 'read' });
});
