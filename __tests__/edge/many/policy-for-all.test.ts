import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import type { AuditLine } from '../../../src/model/audit.ts';
import type { Finding } from '../../../src/model/report.ts';
import { run } from '../command-line-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { lines, linesOf, WRITES } from './organization.ts';

const CI = '.github/workflows/ci.yml';
const POLICY = '.github/permissions-policy.yml';
const EXTENDS = 'extends: octo-org/.github/permissions-policy.yml@main\n';

/** What the organization allows: `packages: write` is more. */
const STRICT = `version: 1
rules: { over-limit: error, missing-permissions: warning }
limits:
  - { jobs: publish, permissions: { contents: write } }
`;

function found(line: AuditLine | undefined, rule = 'over-limit'): readonly Finding[] {
  if (line === undefined || 'error' in line) throw new Error(JSON.stringify(line));
  return line.findings.filter((finding) => finding.rule === rule);
}

function levels(line: AuditLine | undefined, rule?: string): readonly string[] {
  return found(line, rule).map(({ level }) => level);
}

/** Checks repositories by one policy for all, which is a file beside the folder. */
async function by(policy: string, files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, AuditLine>> {
  return lines(files, '--policy', path.join(temporaryFolder({ 'policy.yml': policy }), 'policy.yml'));
}

describe('each repository is judged as if its own policy extended it', () => {
  test('one without a policy', async () => {
    const all = await by(STRICT, { [`o/a/${CI}`]: WRITES });
    expect(levels(all.get('o/a'))).toEqual(['error']);
    const own = all.get('o/a');
    expect(own !== undefined && 'policy' in own && own.policy).toMatchObject({
      path: null,
      from: 'folder',
      extends: [expect.stringMatching(/policy\.yml$/)],
    });
  });

  test('one whose own policy would allow more, turn the rule off and excuse it', async () => {
    const milder = `version: 1
rules: { over-limit: off }
limits:
  - permissions: write-all
exceptions:
  - { rule: over-limit, workflows: ci.yml, reason: We say so. }
`;
    const all = await by(STRICT, { [`o/a/${CI}`]: WRITES, [`o/a/${POLICY}`]: milder });
    expect(levels(all.get('o/a'))).toEqual(['error']);
    expect(found(all.get('o/a'))[0]?.hint).toContain('may-loosen: { exceptions: true }');
  });

  test('one whose own policy is stricter', async () => {
    const stricter = 'version: 1\nrules: { missing-permissions: error }\nlimits:\n  - permissions: {}\n';
    const all = await by(STRICT, { [`o/a/${CI}`]: WRITES, [`o/a/${POLICY}`]: stricter, [`o/b/${CI}`]: WRITES });
    expect(levels(all.get('o/a')).length).toBeGreaterThan(levels(all.get('o/b')).length);
    expect(levels(all.get('o/a'), 'missing-permissions')).toEqual(['error']);
    expect(levels(all.get('o/b'), 'missing-permissions')).toEqual(['warning']);
  });

  test('a baseline and an ignore comment excuse what it demands only where it lets them', async () => {
    const folder = temporaryFolder({
      [`o/base/${CI}`]: WRITES,
      [`o/base/${POLICY}`]: STRICT,
      [`o/comment/${CI}`]: WRITES.replace(
        'publish:',
        '# effective-permissions: ignore[over-limit] asked for\n  publish:',
      ),
      'strict.yml': STRICT,
      'mild.yml': `${STRICT}may-loosen: { exceptions: true }\n`,
    });
    const base = path.join(folder, 'o/base');
    await run(['check', base, '--repository', 'o/base', '--offline', '--write-baseline']);
    const judgedBy = async (file: string) => {
      const policy = path.join(folder, file);
      const { text } = await run(['check', '--all', folder, '--offline', '--format', 'jsonl', '--policy', policy]);
      return linesOf(text).map((line) => levels(line));
    };
    expect(await judgedBy('strict.yml')).toEqual([['error'], ['error']]);
    expect(await judgedBy('mild.yml')).toEqual([[], []]);
  });

  test('it asks no repository for matching exceptions and limits', async () => {
    const policy = `${STRICT}  - { workflows: release.yml, permissions: { contents: write, packages: write } }
exceptions:
  - { rule: over-limit, workflows: other.yml, reason: The release is made there. }
`;
    const all = await by(policy, { [`o/a/${CI}`]: WRITES });
    expect(levels(all.get('o/a'), 'unused-limit')).toEqual([]);
    expect(levels(all.get('o/a'), 'unused-exception')).toEqual([]);
  });
});

test('one that extends it already is judged as alone, and the repository that has it as everybody', async () => {
  const shared = `${STRICT}exceptions:
  - { rule: over-limit, workflows: other.yml, reason: The release is made there. }
`;
  const folder = temporaryFolder({
    [`octo-org/.github/permissions-policy.yml`]: shared,
    [`octo-org/.github/${POLICY}`]: shared,
    [`octo-org/.github/${CI}`]: WRITES,
    [`octo-org/a/${CI}`]: WRITES,
    [`octo-org/a/${POLICY}`]: `version: 1\n${EXTENDS}limits:\n  - permissions: { contents: read }\n`,
    [`octo-org/b/${CI}`]: WRITES,
    [`octo-org/b/${POLICY}`]: `version: 1\n${EXTENDS}`,
    [`octo-org/c/${CI}`]: WRITES,
  });
  const args = ['--offline', '--policy', 'octo-org/.github/permissions-policy.yml@main'];
  const { text, error } = await run(['check', '--all', folder, '--format', 'jsonl', ...args]);
  const all = new Map(linesOf(text).map((line) => [line.audit.repository, line]));
  expect(error).toBe(
    'The policy octo-org/.github/permissions-policy.yml@main was read from a checkout that stands for any ref, so it may be of another one.\n',
  );
  for (const name of ['octo-org/a', 'octo-org/b']) {
    const { audit: _audit, ...report } = all.get(name)!;
    const place = [path.join(folder, name), '--repositories', folder, '--repository', name];
    const alone = await run([...place, '--offline', '--format', 'json']);
    expect(report).toEqual(JSON.parse(alone.text));
  }
  // What is found is the same for all that say nothing of their own.
  const said = ['octo-org/b', 'octo-org/c', 'octo-org/.github'].map((name) =>
    found(all.get(name)).map(({ rule, level, message }) => [rule, level, message]),
  );
  expect(said[0]).toHaveLength(1);
  expect(said[1]).toEqual(said[0]);
  expect(said[2]).toEqual(said[0]);
  expect(levels(all.get('octo-org/.github'), 'unused-exception')).toEqual([]);
});

test('keys go with it', async () => {
  const files = { [`o/a/${CI}`]: WRITES };
  const keyBy = async (policy: string) => (await by(policy, files)).get('o/a')?.audit.key;
  const ends = (day: string) =>
    `${STRICT}exceptions: [{ rule: over-limit, workflows: x.yml, reason: x, expires: ${day} }]\n`;
  expect(await keyBy(STRICT)).toBe(await keyBy(STRICT));
  expect(await keyBy(STRICT)).not.toBe(await keyBy(`${STRICT}default-permissions: read\n`));
  expect(await keyBy(ends('2020-01-31'))).not.toBe(await keyBy(ends('2999-01-31')));
});

test.each<[string, string, string | RegExp]>([
  [
    'is not there',
    'missing.yml',
    /The policy .*missing\.yml is not there\. Give a file, or one of a repository as OWNER\/NAME\/path@REF/,
  ],
  ['is a folder', 'o', /o in this machine cannot be read: EISDIR\./],
  ['has mistakes', 'broken.yml', /The policy that was given has mistakes[^]*broken\.yml:2:1: There is no key 'limit'/],
])('one that %s judges nobody', async (_, name, message) => {
  const folder = temporaryFolder({ [`o/a/${CI}`]: WRITES, 'broken.yml': 'version: 1\nlimit: []\n' });
  const { status, text, error } = await run(['check', '--all', folder, '--policy', path.join(folder, name)]);
  expect([status, text]).toEqual([2, '']);
  expect(error).toMatch(message);
});

test('one of a repository that cannot be read judges nobody', async () => {
  const folder = temporaryFolder({ [`o/a/${CI}`]: WRITES });
  const policy = ['--policy', 'octo-org/.github/policy.yml@main'];
  const { status, error } = await run(['check', '--all', folder, '--offline', ...policy]);
  expect(status).toBe(2);
  expect(error).toContain('The policy octo-org/.github/policy.yml@main cannot be read. --offline forbids the network.');
});
