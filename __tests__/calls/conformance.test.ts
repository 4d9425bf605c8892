import { describe, expect, test } from '@jest/globals';

import { reportOf } from './report-of.ts';

/** One of GitHub's own cases, as the script reads it that runs them through the command line. */
interface Case {
  readonly name: string;
  readonly root: string;
  readonly called: readonly { readonly reference: string; readonly text: string }[];
  readonly defaultPermissions: 'read' | 'write';
}

const { casesFolder, differences, readCases, REPOSITORY } = await import(
  new URL('../../scripts/check-conformance.mjs', import.meta.url).href
);
const folder: string | null = casesFolder();
const cases: readonly Case[] = folder === null ? [] : readCases(folder);

describe('GitHub’s own cases', () => {
  // They are no part of the repository: see scripts/check-conformance.mjs for where they are looked for.
  if (folder === null) test.skip('are not here', () => undefined);
  else test('are all read', () => expect(cases.length).toBeGreaterThan(15));

  for (const one of cases) {
    test(one.name, async () => {
      const [owner = '', name = ''] = REPOSITORY.split('/');
      const report = await reportOf(
        { [one.name]: one.root },
        {
          repository: { owner, name },
          defaultPermissions: one.defaultPermissions,
          called: Object.fromEntries(one.called.map(({ reference, text }) => [reference, text])),
        },
      );
      expect(differences(one, report)).toEqual([]);
    });
  }
});

describe('the comparison', () => {
  const path = '.github/workflows/x.yml';
  const error = (requested: string) => ({
    Message: `${path} (Line: 3, Col: 3): Error calling workflow 'a/b/.github/workflows/c.yml@v1'. The nested job 'Some name' is requesting '${requested}', but is only allowed 'actions: no[...]`,
  });
  const problem = (requested: string) => ({
    ...{ path, line: 3, column: 3 },
    message: `Error calling workflow 'a/b/.github/workflows/c.yml@v1'. The nested job 'job' is requesting '${requested}', but is only allowed 'actions: none'.`,
  });

  test.each([
    ['the same', 'actions: write, checks: read', true],
    ['the same, and permissions that are younger', 'actions: write, models: read, checks: read', true],
    ['another level', 'actions: read, checks: read', false],
    ['one more', 'actions: write, checks: read, issues: read', false],
    ['one less', 'actions: write', false],
  ])('sees what is %s', (_, requested, isSame) => {
    const report = { workflows: [{ path, outcome: 'startup_failure', problems: [problem(requested)], jobs: [] }] };
    const found = differences({ name: 'x.yml', expected: { errors: [error('actions: write, checks: read')] } }, report);
    expect(found).toHaveLength(isSame ? 0 : 1);
  });

  test.each([
    [{ contents: 'read', metadata: 'read' }, 0],
    [{ contents: 'write', metadata: 'read' }, 2],
    [{ metadata: 'read' }, 2],
    [{ contents: 'read', issues: 'read' }, 2],
  ])('sees a token of %j', (permissions, count) => {
    const row = { path: ['job'], uses: null, declared: permissions, grants: [{ actor: 'repository', permissions }] };
    const report = { workflows: [{ path, outcome: 'ok', problems: [], jobs: [row] }] };
    const jobs = [{ id: 'job', permissions: { contents: 'read', 'id-token': 'read' } }];
    expect(differences({ name: 'x.yml', expected: { jobs } }, report)).toHaveLength(count);
  });
});
