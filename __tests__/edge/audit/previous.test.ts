import { readFileSync, writeFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { organizationFrom, type Organization, type Repository } from '../../helpers/organization/organization.ts';
import { file as gitFile, type Files } from '../../helpers/organization/objects.ts';
import { audit, lineOf, linesIn, served, SHAPE, workplace } from './auditing.ts';

const ONE = ['octo-org', '--format', 'jsonl', '--output'];
const SMALL = { ...SHAPE, repositories: 30, files: 4 };

/** The organization with other files in one repository. */
function withFiles(
  from: Organization,
  name: string,
  change: (repository: Repository) => Partial<Repository>,
): Organization {
  const repository = from.repositories.get(name)!;
  return { ...from, repositories: new Map([...from.repositories, [name, { ...repository, ...change(repository) }]]) };
}

function withFile(files: Files, path: string, text: string): Files {
  return new Map([...files, [path, gitFile(text)]]);
}

/** The repositories whose lines are those of the previous audit. */
function reused(name: string): readonly string[] {
  return linesIn(name).flatMap(({ audit: about }) =>
    about.reused === true ? [about.repository.slice('octo-org/'.length)] : [],
  );
}

const CALLED =
  'on: workflow_call\njobs:\n  other:\n    runs-on: ubuntu-latest\n    permissions:\n      packages: write\n    steps: []\n';

describe('a repository is computed anew', () => {
  async function twice(change: (organization: Organization) => Organization, more: readonly string[] = []) {
    const organization = organizationFrom(SMALL);
    const server = await served({}, SMALL);
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl')]);
    server.serve(change(organization));
    const again = await audit(server, folder, [...ONE, file('b.jsonl'), '--previous', file('a.jsonl'), ...more]);
    await audit(server, folder, [...ONE, file('fresh.jsonl'), ...more]);
    return { file, again };
  }

  test('when a file of its own is another', async () => {
    const { file, again } = await twice((from) =>
      withFiles(from, 'repo-0001', ({ branches }) => ({
        branches: new Map([
          ['main', withFile(branches.get('main')!, '.github/workflows/w00.yml', 'on: push\njobs: {}\n')],
        ]),
      })),
    );
    expect(reused(file('b.jsonl'))).not.toContain('repo-0001');
    expect(reused(file('b.jsonl'))).toContain('repo-0002');
    expect(again.error).toMatch(/Of 30 repositories, \d\d are as in the previous audit\./);
    expect(readFileSync(file('b.jsonl'), 'utf8').replaceAll(',"reused":true', '')).toBe(
      readFileSync(file('fresh.jsonl'), 'utf8'),
    );
  });

  test('when a file that it calls is another, or a neighbour of that', async () => {
    const { file } = await twice((from) =>
      withFiles(from, 'shared-000', ({ branches }) => ({
        branches: new Map([['main', withFile(branches.get('main')!, '.github/workflows/build.yml', CALLED)]]),
      })),
    );
    const calling = linesIn(file('fresh.jsonl')).filter(({ audit: { called } }) =>
      called.some(({ file: name }) => name === 'octo-org/shared-000/.github/workflows/release.yml@main'),
    );
    expect(calling.length).toBeGreaterThan(0);
    for (const { audit: about } of calling) {
      const fresh = JSON.stringify(lineOf(file('fresh.jsonl'), about.repository.slice('octo-org/'.length)));
      expect(JSON.stringify(lineOf(file('b.jsonl'), about.repository.slice('octo-org/'.length)))).toBe(fresh);
    }
    expect(reused(file('b.jsonl')).length).toBeGreaterThan(10);
  });

  test('when an option is another', async () => {
    const { file } = await twice((from) => from, ['--fail-on', 'never']);
    // Those without a commit have no option to depend on, and are never taken.
    expect(reused(file('b.jsonl'))).toEqual([]);
  });

  test('when its policy is another', async () => {
    const { file } = await twice((from) =>
      withFiles(from, 'repo-0005', ({ branches }) => ({
        branches: new Map([
          ['main', withFile(branches.get('main')!, '.github/permissions-policy.yml', 'version: 1\n')],
        ]),
      })),
    );
    expect(reused(file('b.jsonl'))).not.toContain('repo-0005');
    expect(reused(file('b.jsonl'))).toContain('repo-0007');
  });

  test('but not when another file of the repository is', async () => {
    const { file } = await twice((from) =>
      withFiles(from, 'repo-0001', ({ branches }) => ({
        branches: new Map([['main', withFile(branches.get('main')!, 'README.md', 'Another')]]),
      })),
    );
    expect(reused(file('b.jsonl'))).toContain('repo-0001');
  });
});

test('a file that holds no lines of an audit is refused with its line', async () => {
  const server = await served({}, SMALL);
  const { folder, file } = workplace();
  writeFileSync(file('a.jsonl'), '{"audit":{}}\n');
  const { status, error } = await audit(server, folder, [...ONE, file('b.jsonl'), '--previous', file('a.jsonl')]);
  expect(status).toBe(2);
  expect(error).toContain('a.jsonl:1: This is no line of an audit');
});
