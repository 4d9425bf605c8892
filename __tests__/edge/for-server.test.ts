import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { forServer } from '../../src/edge/github/for-server.ts';
import { commit, repository } from './called-git.ts';
import { run } from './command-line-run.ts';
import { sendJson, type Answer } from './fake-api.ts';
import { runApi, runJson } from './runs-api.ts';
import { temporaryFolder, WORKFLOW } from './temporary-folder.ts';

/** Puts the API below /api/v3, as a server has it, and says its version. */
const asServer: Answer = (request, response) => {
  request.url = request.url?.replace('/api/v3', '') ?? '';
  return request.url === '/meta' && sendJson(response, 200, { installed_version: '3.17.2' });
};

const SAYS = /^The report is for GitHub Enterprise Server 3\.17\.2: that is what http:\/\/\S+\/api\/v3 says it is\.\n$/;

describe('which platform is computed', () => {
  const server = { kind: 'server', token: null, tokenName: 'GH_TOKEN' } as const;

  test.each([
    ['github.com', { ...server, baseUrl: 'https://api.github.com' }, {}],
    ['no server', { kind: 'none', reason: 'x' } as const, {}],
    ['a version that was given', { ...server, baseUrl: 'http://127.0.0.1:1/api/v3' }, { ghes: { major: 3, minor: 9 } }],
  ])('nobody is asked: %s', async (_, where, values) => {
    expect(await forServer(values, where)).toEqual({ values, note: '' });
  });

  test('a server is not asked without the network, and that is said', async () => {
    const values = { offline: true };
    const { values: same, note } = await forServer(values, { ...server, baseUrl: 'http://127.0.0.1:1/api/v3' });
    expect(same).toEqual(values);
    expect(note).toBe(
      'The version of this GitHub Enterprise Server is not known: --offline forbids the network. The report is for ' +
        'github.com, whose permissions and defaults differ. Set --ghes to the version, such as 3.17.\n',
    );
  });
});

describe('on a GitHub Enterprise Server', () => {
  const NEWER = WORKFLOW.replace('permissions: {}', 'permissions: { attestations: write }');

  test('explain computes for its version', async () => {
    const folder = repository();
    const api = await runApi(folder, runJson(commit(folder, { '.github/workflows/ci.yml': NEWER })), 0, asServer);
    const args = ['explain', '17', '--directory', temporaryFolder(), '--repository', 'octo-org/octo-repo'];
    const { text, error } = await run(args, { GITHUB_API_URL: `${api.url}/api/v3`, GH_TOKEN: 'mine' });
    expect(error).toMatch(SAYS);
    expect(text).toContain("Unexpected value 'attestations'");
  });

  test('verify computes for its version', async () => {
    const api = await runApi(repository(), {}, 0, asServer);
    const folder = temporaryFolder({ '.github/workflows/ci.yml': WORKFLOW, 'log.txt': '' });
    const args = ['verify', path.join(folder, 'log.txt'), '--directory', folder];
    const { error } = await run(args, { GITHUB_API_URL: `${api.url}/api/v3` });
    expect(error).toMatch(SAYS);
  });
});
