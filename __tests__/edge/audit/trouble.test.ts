import { describe, expect, test } from '@jest/globals';

import type { Asked, Trouble } from '../../helpers/organization/server.ts';
import { audit, bytesIn, lineOf, linesIn, served, workplace } from './auditing.ts';

const ONE = ['octo-org', '--format', 'jsonl', '--output'];
const SMALL = { repositories: 12, files: 2 };

/** What a server without any trouble gives. */
async function expected(): Promise<string> {
  const { folder, file } = workplace();
  await audit(await served({}, SMALL), folder, [...ONE, file('a.jsonl')]);
  return bytesIn(file('a.jsonl'));
}

describe('an audit gives the same', () => {
  const cases: readonly (readonly [string, (asked: Asked, count: number) => Trouble | null])[] = [
    [
      'where the server asks for a wait',
      ({ kind }, count) =>
        kind === 'texts' && count < 2
          ? {
              status: 403,
              body: { message: 'You have exceeded a secondary rate limit.' },
              headers: { 'retry-after': '0' },
            }
          : null,
    ],
    [
      'where a limit is told in an answer with the status 200',
      ({ kind }, count) =>
        kind === 'listing' && count === 0
          ? {
              status: 200,
              body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
              headers: { 'retry-after': '0' },
            }
          : null,
    ],
    [
      'where a question about many is too much',
      ({ kind, size }) =>
        kind !== 'settings' && kind !== 'blob' && size > 5 ? { status: 502, body: { message: 'Bad Gateway' } } : null,
    ],
    [
      'where it is too much for the limits of a question',
      ({ size }) =>
        size > 6
          ? { status: 200, body: { data: {}, errors: [{ type: 'RESOURCE_LIMITS_EXCEEDED', message: 'Too much' }] } }
          : null,
    ],
  ];
  test.each(cases)('%s', async (_, trouble) => {
    const server = await served({ trouble }, SMALL);
    const { folder, file } = workplace();
    const { error } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(error).toContain('Wrote');
    expect(bytesIn(file('a.jsonl'))).toBe(await expected());
  });
});

describe('a repository whose files cannot be read', () => {
  test('is an error, and the others are not', async () => {
    const trouble = ({ kind, url }: Asked): Trouble | null => {
      if (kind === 'texts') return { status: 400, body: { message: 'no texts' } };
      return url.startsWith('/repos/octo-org/repo-0002/git')
        ? { status: 403, body: { message: 'No\u001b[31m' } }
        : null;
    };
    const server = await served({ trouble }, SMALL);
    const { folder, file } = workplace();
    const { status } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(status).toBe(2);
    const states = linesIn(file('a.jsonl')).filter(({ audit: about }) => about.state === 'not-read');
    expect(states.map(({ audit: about }) => about.repository)).toEqual(['octo-org/repo-0002']);
    const line = lineOf(file('a.jsonl'), 'repo-0002');
    expect(line).toMatchObject({ result: 'error', audit: { key: '' } });
    expect('error' in line && line.error.message).toMatch(
      /^The workflow files of octo-org\/repo-0002 could not be read/,
    );
    expect(JSON.stringify(line)).not.toContain('\\u001b');

    // It is read again the next time, and only it.
    const healthy = await served({}, SMALL);
    await audit(healthy, folder, [...ONE, file('b.jsonl'), '--previous', file('a.jsonl')]);
    expect(lineOf(file('b.jsonl'), 'repo-0002').audit).toMatchObject({ state: 'read' });
    expect(lineOf(file('b.jsonl'), 'repo-0001').audit.reused).toBe(true);
  });

  test('is an error when what comes is another file', async () => {
    const trouble = ({ kind }: Asked): Trouble | null =>
      kind === 'texts' ? { status: 400, body: { message: 'no texts' } } : null;
    const server = await served({ trouble, spoil: () => 'on: push\njobs: {}\n' }, SMALL);
    const { folder, file } = workplace();
    const { status } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(status).toBe(2);
    expect(lineOf(file('a.jsonl'), 'repo-0000')).toMatchObject({
      error: { message: expect.stringContaining('the answer is not the file that was asked for') },
    });
  });
});

describe('an audit cannot begin', () => {
  test('without a token', async () => {
    const server = await served({}, SMALL);
    const { folder } = workplace();
    const { status, error } = await audit(server, folder, ['octo-org'], { GH_TOKEN: '' });
    expect(status).toBe(2);
    expect(error).toContain('An audit needs a token. Set GH_TOKEN');
    expect(server.asked).toEqual([]);
  });

  test('of an owner that is not there', async () => {
    const server = await served({}, SMALL);
    const { folder } = workplace();
    const { status, error } = await audit(server, folder, ['nobody']);
    expect(status).toBe(2);
    expect(error).toContain('There is no organization or user "nobody"');
  });

  test('with a token that is none', async () => {
    const server = await served({ trouble: () => ({ status: 401, body: { message: 'Bad credentials' } }) }, SMALL);
    const { folder } = workplace();
    const { status, error } = await audit(server, folder, ['octo-org']);
    expect(status).toBe(2);
    expect(error).toContain('the API does not accept the token');
  });

  test('at a server that sends it elsewhere: the token stays', async () => {
    const other = await served({}, SMALL);
    const trouble = (): Trouble => ({ status: 307, body: {}, headers: { location: `${other.url}/graphql` } });
    const server = await served({ trouble }, SMALL);
    const { folder } = workplace();
    const { status, error } = await audit(server, folder, ['octo-org']);
    expect(status).toBe(2);
    expect(error).toContain('The token is not sent to another server');
    expect(other.asked).toEqual([]);
  });
});

describe('settings', () => {
  test('are asked of each repository where the organization does not say them', async () => {
    const settings = (url: string): object | null => {
      if (url === '/orgs/octo-org/actions/permissions/workflow') return { default_workflow_permissions: 'write' };
      if (url === '/repos/octo-org/repo-0001/actions/permissions/workflow') {
        return { default_workflow_permissions: 'write', can_approve_pull_request_reviews: true };
      }
      if (url.endsWith('/actions/permissions/workflow')) return { default_workflow_permissions: 'read' };
      if (url === '/repos/octo-org/repo-0001/actions/permissions/fork-pr-workflows-private-repos') {
        return { run_workflows_from_fork_pull_requests: true, send_write_tokens_to_workflows: true };
      }
      return null;
    };
    const server = await served({ settings }, SMALL);
    const { folder, file } = workplace();
    const { error } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(error).toMatch(/and \d+ REST requests for settings/);
    expect(lineOf(file('a.jsonl'), 'repo-0001')).toMatchObject({
      repository: {
        defaultPermissions: { value: 'write', source: 'settings' },
        forkPullRequests: 'write',
        canApprovePullRequestReviews: true,
      },
    });
    expect(lineOf(file('a.jsonl'), 'repo-0000')).toMatchObject({
      repository: { defaultPermissions: { value: 'read', source: 'settings' } },
    });
    // An empty one has none.
    const asked = server.asked.map(({ url }) => url);
    expect(asked.filter((url) => url.includes('repo-0011/actions'))).toEqual([]);
  });

  test('are unknown, with one line that says why, where the token may not read them', async () => {
    const server = await served({ settings: () => null }, SMALL);
    const { folder, file } = workplace();
    const { error } = await audit(server, folder, [...ONE, file('a.jsonl')]);
    expect(error.match(/administration: read/g)).toHaveLength(1);
    expect(lineOf(file('a.jsonl'), 'repo-0000')).toMatchObject({
      repository: { defaultPermissions: { value: 'unknown', source: 'none' } },
    });
    // Two of the organization, and one to see whether repositories tell theirs.
    expect(server.count('settings')).toBe(3);
  });

  test('that are given are not asked for', async () => {
    const server = await served({ settings: () => null }, SMALL);
    const { folder, file } = workplace();
    const given = ['--default-permissions', 'read', '--fork-pull-requests', 'off'];
    await audit(server, folder, [...ONE, file('a.jsonl'), ...given]);
    expect(server.count('settings')).toBe(0);
    expect(lineOf(file('a.jsonl'), 'repo-0001')).toMatchObject({
      repository: { defaultPermissions: { value: 'read', source: 'option' }, forkPullRequests: 'off' },
    });
  });
});

test('a GitHub Enterprise Server has its GraphQL beside its REST API', async () => {
  const server = await served({ base: '/api/v3' }, SMALL);
  const { folder, file } = workplace();
  const { status } = await audit(server, folder, [...ONE, file('a.jsonl'), '--ghes', '3.17']);
  expect(status).toBe(1);
  expect(lineOf(file('a.jsonl'), 'repo-0000')).toMatchObject({
    repository: { platform: '3.17' },
  });
});
