import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { audit, bytesIn, lineOf, linesIn, served, workplace } from './auditing.ts';

const ONE = ['octo-org', '--format', 'jsonl', '--output'];

describe('an organization', () => {
  test('is listed fifty at a time, and each file is asked for once', async () => {
    const server = await served();
    const { folder, file } = workplace();
    const { status, error } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(status).toBe(1);
    expect(error).toContain('octo-org: 55 repositories with about');
    const names = linesIn(file('a.jsonl')).map(({ audit: about }) => about.repository);
    expect(names).toHaveLength(55);
    expect(names).toEqual([...names].sort());
    expect(server.count('listing')).toBe(2);
    expect(Math.max(...server.files.values())).toBe(1);
    // What is no text is asked for by itself.
    expect(server.count('blob')).toBe(1);
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(new Set(['token secret']));
    expect(existsSync(file('a.jsonl.partial'))).toBe(false);

    const fetched = server.files.size;
    await audit(server, folder, [...ONE, file('b.jsonl')]);
    expect(server.files.size).toBe(fetched);
    expect(Math.max(...server.files.values())).toBe(1);
    expect(bytesIn(file('b.jsonl'))).toBe(bytesIn(file('a.jsonl')));
  });

  test('has repositories of every kind', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl')]);
    const about = (name: string) => lineOf(file('a.jsonl'), name).audit;
    expect(about('repo-0011')).toMatchObject({ state: 'no-workflows', branch: null, commit: null });
    expect(about('repo-0013')).toMatchObject({ state: 'no-workflows', branch: 'main' });
    expect(about('repo-0007')).toMatchObject({ state: 'read', archived: true });
    expect(about('repo-0003')).toMatchObject({ state: 'read', fork: true });
    const problems = (name: string) => {
      const line = lineOf(file('a.jsonl'), name);
      return 'workflows' in line ? line.workflows.map(({ path: at, problems: [first] }) => [at, first?.message]) : [];
    };
    expect(problems('repo-0019')).toEqual([['.github/workflows', expect.stringContaining('symbolic link')]]);
    expect(problems('repo-0023')).toEqual(
      expect.arrayContaining([
        ['.github/workflows/x-link.yml', expect.stringContaining('symbolic link')],
        ['.github/workflows/x-module.yml', expect.stringContaining('submodule')],
      ]),
    );
    const line = lineOf(file('a.jsonl'), 'repo-0005');
    expect(line).toMatchObject({
      policy: { path: '.github/permissions-policy.yml' },
      repository: { visibility: 'private', defaultPermissions: { value: 'read', source: 'settings' } },
    });
  });

  test('says why a called file could not be read', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl')]);
    const text = JSON.stringify(linesIn(file('a.jsonl')));
    const reasons = [
      /GitHub's API knows octo-org\/old-name by another name/,
      /GitHub's API has no such file, ref or repository, or may not show it to this token/,
      /Resource protected by organization SAML enforcement/,
      /octo-org\/shared-00\d has no branch, tag or commit \W+no-such-branch/,
      /There is no file \.github\/workflows\/none\.yml in octo-org\/shared-000 at main/,
    ];
    expect(reasons.filter((reason) => !reason.test(text))).toEqual([]);
  });

  test('is told in the other formats by the merge', async () => {
    const server = await served();
    const { folder } = workplace();
    const { status, text } = await audit(server, folder, ['octo-org']);
    expect(status).toBe(1);
    expect(text).toContain('55 repositories: ');
    expect(text).toContain('octo-org/repo-0000');
  });

  test('leaves out what nobody wants', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl'), '--skip', 'archived,forks']);
    const lines = linesIn(file('a.jsonl'));
    expect(lines.some(({ audit: about }) => about.archived || about.fork)).toBe(false);
    expect(lines.length).toBeLessThan(55);
  });

  test('is read at other branches, too', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl'), '--all-branches', 'main,release/*']);
    const branches = linesIn(file('a.jsonl'))
      .filter(({ audit: about }) => about.repository === 'octo-org/repo-0010')
      .map(({ audit: about }) => about.branch);
    expect(branches).toEqual(['main', 'release/1.x']);
  });
});

describe('a list of repositories', () => {
  test('may name some that are not there, which is no success', async () => {
    const server = await served();
    const { folder, file } = workplace();
    writeFileSync(file('list.txt'), '# ours\nocto-org/repo-0000\nrepo-0001\nocto-org/nobody # gone\n');
    const { status } = await audit(server, folder, [...ONE, file('a.jsonl'), '--repositories-from', file('list.txt')]);
    expect(status).toBe(2);
    expect(linesIn(file('a.jsonl')).map(({ audit: about }) => [about.repository, about.state])).toEqual([
      ['octo-org/nobody', 'not-read'],
      ['octo-org/repo-0000', 'read'],
      ['octo-org/repo-0001', 'read'],
    ]);
    expect(lineOf(file('a.jsonl'), 'nobody')).toMatchObject({
      result: 'error',
      error: { message: expect.stringContaining('octo-org/nobody does not exist, or the token may not see it') },
    });
  });

  test('says which line is no name', async () => {
    const server = await served();
    const { folder, file } = workplace();
    writeFileSync(file('list.txt'), 'octo-org/repo-0000\n\u001b[31m../x\n');
    const { status, error } = await audit(server, folder, ['--repositories-from', file('list.txt')]);
    expect(status).toBe(2);
    expect(error).toContain('list.txt:2: "\\u{1b}[31m../x" is not the name of a repository.');
  });
});

describe('shards', () => {
  test.each([1, 8, 200])('%d give the same bytes', async (shards) => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('whole.jsonl')]);
    const planned = await audit(server, folder, [
      'plan',
      'octo-org',
      '--shards',
      String(shards),
      '--output',
      file('plan.json'),
    ]);
    const { include } = JSON.parse(planned.text) as { include: { shard: number }[] };
    // Never more than there are repositories.
    expect(include).toHaveLength(Math.min(shards, 55));
    const listed = server.count('listing');
    const files = include.map(({ shard }) => file(`shard-${shard}.jsonl`));
    for (const { shard } of include) {
      await audit(server, folder, [
        'shard',
        String(shard),
        '--plan',
        file('plan.json'),
        '--output',
        file(`shard-${shard}.jsonl`),
      ]);
    }
    expect(server.count('listing')).toBe(listed);
    const merging = ['audit', 'merge', ...files, '--plan', file('plan.json'), '--format', 'jsonl'];
    const { run } = await import('../command-line-run.ts');
    const { text } = await run([...merging, '--output', file('merged.jsonl')]);
    expect(text).toBe('');
    expect(bytesIn(file('merged.jsonl'))).toBe(bytesIn(file('whole.jsonl')));
  });

  test('have equal work', async () => {
    const server = await served({}, { repositories: 60, files: 6 });
    const { folder, file } = workplace();
    await audit(server, folder, ['plan', 'octo-org', '--shards', '4', '--output', file('plan.json')]);
    const { repositories } = JSON.parse(readFileSync(file('plan.json'), 'utf8')) as {
      repositories: { shard: number; workflows: unknown[] | { linked: string } }[];
    };
    const counts = [1, 2, 3, 4].map((shard) =>
      repositories
        .filter((one) => one.shard === shard)
        .reduce((sum, { workflows }) => sum + ('linked' in workflows ? 0 : workflows.length), 0),
    );
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.3);
  });

  test('refuse a plan of another version, and a number that is none of theirs', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, ['plan', 'octo-org', '--shards', '2', '--output', file('plan.json')]);
    const wrong = await audit(server, folder, ['shard', '3', '--plan', file('plan.json')]);
    expect(wrong.status).toBe(2);
    expect(wrong.error).toContain('audit shard takes the number of one shard, from 1 to 2, not "3"');
    const plan = JSON.parse(readFileSync(file('plan.json'), 'utf8')) as { tool: object };
    writeFileSync(file('plan.json'), JSON.stringify({ ...plan, tool: { ...plan.tool, version: '9.9.9' } }));
    const other = await audit(server, folder, ['shard', '1', '--plan', file('plan.json')]);
    expect(other.error).toContain('was written by version "9.9.9"');
  });
});

describe('an audit that was stopped', () => {
  test('goes on with what it had done, and gives the same bytes', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('whole.jsonl')]);
    const lines = readFileSync(file('whole.jsonl'), 'utf8').split('\n');
    writeFileSync(file('a.jsonl.partial'), `${lines.slice(20, 40).reverse().join('\n')}\n`);
    // The last line was cut off.
    appendFileSync(file('a.jsonl.partial'), lines[41]!.slice(0, 300));
    await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(bytesIn(file('a.jsonl'))).toBe(bytesIn(file('whole.jsonl')));
    expect(existsSync(file('a.jsonl.partial'))).toBe(false);
  });

  test('does not take what is not right any more', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('whole.jsonl')]);
    writeFileSync(file('a.jsonl.partial'), readFileSync(file('whole.jsonl')));
    await audit(server, folder, [...ONE, file('a.jsonl'), '--default-permissions', 'write']);
    expect(lineOf(file('a.jsonl'), 'repo-0000')).toMatchObject({
      repository: { defaultPermissions: { value: 'write', source: 'option' } },
    });
  });
});

describe('the cache', () => {
  test('is not believed when somebody changed it', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await audit(server, folder, [...ONE, file('a.jsonl')]);
    const blobs = path.join(folder, 'cache', 'blobs');
    const entries = readdirSync(blobs, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(entries.length).toBe(server.files.size);
    for (const entry of entries) writeFileSync(path.join(entry.parentPath, entry.name), 'on: push\njobs: {}\n');
    await audit(server, folder, [...ONE, file('b.jsonl')]);
    expect(bytesIn(file('b.jsonl'))).toBe(bytesIn(file('a.jsonl')));
    expect(new Set(server.files.values())).toEqual(new Set([2]));
  });

  test('may be used by two at a time', async () => {
    const server = await served();
    const { folder, file } = workplace();
    await Promise.all(['a.jsonl', 'b.jsonl'].map((name) => audit(server, folder, [...ONE, file(name)])));
    expect(bytesIn(file('b.jsonl'))).toBe(bytesIn(file('a.jsonl')));
  });
});
