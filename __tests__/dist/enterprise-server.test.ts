import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { temporaryFolder } from '../edge/temporary-folder.ts';
import { CERTIFICATE_FILE, type ServerContents, enterpriseServer, proxyTo, secureEnterpriseServer } from './enterprise-server.ts';
import { runAction, runCommandLine } from './run-bundle.ts';

const onlyPosix = process.platform === 'win32' ? test.skip : test;

const COMMIT = 'a1'.repeat(20);
const CALLED = '.github/workflows/called.yml';

const ALL = `
on: push
permissions: write-all
jobs:
  all:
    runs-on: [self-hosted]
    steps: [{ run: make }]
`;

const CALLS = `
on: push
permissions: { contents: read }
jobs:
  here:
    uses: octo-org/shared/${CALLED}@${COMMIT}
  elsewhere:
    uses: octo-org/gone/${CALLED}@${COMMIT}
`;

const FILES = {
  '.git/HEAD': '',
  '.github/workflows/all.yml': ALL,
  '.github/workflows/calls.yml': CALLS,
  '.github/workflows/default.yml': 'on: push\njobs: { default: { runs-on: self-hosted, steps: [{ run: make }] } }\n',
};

const SHARED = {
  [`octo-org/shared@${COMMIT}/${CALLED}`]:
    'on: workflow_call\njobs: { inner: { runs-on: self-hosted, steps: [{ run: make }] } }\n',
};

interface Job {
  readonly path: readonly string[];
  readonly grants: readonly { readonly permissions: Readonly<Record<string, string>> }[];
}
interface Shown {
  readonly repository: { readonly platform: string };
  readonly workflows: readonly {
    readonly path: string;
    readonly outcome: string;
    readonly problems: readonly { readonly message: string }[];
    readonly jobs: readonly Job[];
  }[];
}

function workflow(report: Shown, name: string): Shown['workflows'][number] | undefined {
  return report.workflows.find((one) => one.path === `.github/workflows/${name}.yml`);
}

/** What the only job of a workflow gets at each level, in words. */
function grantOf(report: Shown, name: string): string {
  const permissions = Object.entries(workflow(report, name)?.jobs[0]?.grants[0]?.permissions ?? {});
  return ['write', 'read']
    .map((level) => `${level}: ${permissions.flatMap(([key, value]) => (value === level ? [key] : [])).join(' ')}`)
    .join('; ');
}

/** Runs the action on a server and returns what it said and its report. */
async function onServer(env: NodeJS.ProcessEnv, inputs: Readonly<Record<string, string>> = {}) {
  const workspace = temporaryFolder(FILES);
  const ended = await runAction({
    workspace,
    env: { GITHUB_SERVER_URL: 'https://ghes.example', GITHUB_SHA: COMMIT, ...env },
    with: { 'default-permissions': 'read', 'fail-on': 'never', 'json-file': 'report.json', ...inputs },
  });
  const report: Shown = JSON.parse(readFileSync(path.join(workspace, 'report.json'), 'utf8'));
  return { ...ended, report, warnings: ended.commands.filter(({ name, properties }) => name === 'warning' && properties.file === undefined) };
}

const FIRST = 'actions checks contents deployments discussions issues packages pages pull-requests repository-projects security-events statuses';
const WITH_OIDC = 'actions checks contents deployments discussions id-token issues packages pages pull-requests repository-projects security-events statuses';

describe('the action on a GitHub Enterprise Server', () => {
  test.each<[string, ServerContents, string, string]>([
    ['3.2', { installedVersion: '3.2.25' }, FIRST, 'contents metadata'],
    ['3.5', { headerVersion: '3.5.19' }, WITH_OIDC, 'contents metadata'],
    ['3.9', { installedVersion: '3.9.0' }, WITH_OIDC, 'contents metadata packages'],
    ['3.17', { installedVersion: '3.17.4', headerVersion: '3.16.9' }, WITH_OIDC, 'contents metadata packages'],
    ['3.20', { headerVersion: '3.20.0.rc1' }, WITH_OIDC, 'contents metadata packages'],
  ])('%s asks the server for its version, and computes for it', async (version, says, writes, reads) => {
    const server = await enterpriseServer({ ...says, files: SHARED });
    const api = `http://127.0.0.1:${server.port}/api/v3`;
    const { status, stdout, summary, report, warnings } = await onServer({ GITHUB_API_URL: api });
    expect([status, warnings]).toEqual([0, []]);
    expect(report.repository.platform).toBe(version);
    expect(grantOf(report, 'all')).toBe(`write: ${writes}; read: metadata`);
    expect(grantOf(report, 'default')).toBe(`write: ; read: ${reads}`);
    const said = says.installedVersion ?? says.headerVersion;
    expect(stdout).toContain(`The report is for GitHub Enterprise Server ${said}: that is what ${api} says it is.`);
    expect(summary).toContain(version);
    expect(server.asked).toContain('GET /api/v3/meta token token-of-the-job');
  });

  test('reads called workflows there, and says what cannot be known of one that the server does not have', async () => {
    const server = await enterpriseServer({ installedVersion: '3.17.0', files: SHARED });
    const { report, stdout } = await onServer({ GITHUB_API_URL: `http://127.0.0.1:${server.port}/api/v3` });
    const calls = workflow(report, 'calls');
    expect(calls?.outcome).toBe('unresolved');
    expect(calls?.jobs.map(({ path: ids }) => ids.join('/'))).toEqual(['here', 'here/inner', 'elsewhere']);
    expect(JSON.stringify(calls?.problems)).toContain(
      'What the server gets from github.com through GitHub Connect cannot be read here: put a checkout into the folder \\"repositories\\"',
    );
    expect(stdout).toContain('octo-org/gone');
    expect(server.asked.filter((line) => !line.startsWith('GET /api/v3/'))).toEqual([]);
  });

  test('asks nothing when the version is given', async () => {
    const server = await enterpriseServer({ installedVersion: '3.17.0', files: SHARED });
    const env = { GITHUB_API_URL: `http://127.0.0.1:${server.port}/api/v3` };
    const { report } = await onServer(env, { 'ghes-version': '3.9' });
    expect(report.repository.platform).toBe('3.9');
    expect(server.asked.filter((line) => line.includes('/meta'))).toEqual([]);
  });

  test.each([
    ['offline', {}, { offline: 'true' }, 'the input offline forbids the network.'],
    ['silent', {}, {}, 'does not say it.'],
    ['too old', { installedVersion: '3.1.4' }, {}, 'says "3.1.4".'],
  ])('warns when the version is not known, and does not guess: %s', async (_, says, inputs, reason) => {
    const server = await enterpriseServer({ ...says, files: SHARED });
    const env = { GITHUB_API_URL: `http://127.0.0.1:${server.port}/api/v3` };
    const { report, warnings } = await onServer(env, inputs);
    expect(report.repository.platform).toBe('github.com');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toContain('The version of this GitHub Enterprise Server is not known: ');
    expect(warnings[0]?.message).toContain(reason);
    expect(warnings[0]?.message).toContain('Set the input ghes-version to the version');
  });

  test('knows itself by its name for Node 20', async () => {
    const workspace = temporaryFolder({
      '.git/HEAD': '',
      '.github/workflows/own.yml':
        'on: push\npermissions: { contents: read, issues: write }\njobs: { own: { runs-on: self-hosted, steps: [{ uses: octo-org/effective-permissions/node20@v1 }] } }\n',
    });
    const { commands } = await runAction({
      workspace,
      env: { GITHUB_ACTION_REPOSITORY: 'octo-org/effective-permissions', GITHUB_ACTION_REF: 'v1' },
      with: { offline: 'true' },
    });
    expect(commands.map(({ message }) => message).join()).toContain('`issues: write`');
  });
});

describe('certificates and proxies', () => {
  const GITHUB_API_URL = 'https://ghes.example/api/v3';

  test('the action goes through HTTPS_PROXY, and trusts NODE_EXTRA_CA_CERTS', async () => {
    const server = await secureEnterpriseServer({ installedVersion: '3.17.4', files: SHARED });
    const proxy = await proxyTo(server.port);
    const NODE_EXTRA_CA_CERTS = path.join(temporaryFolder({ 'ca.pem': CERTIFICATE_FILE }), 'ca.pem');
    const HTTPS_PROXY = `http://127.0.0.1:${proxy.port}`;
    const { report, warnings } = await onServer({ GITHUB_API_URL, HTTPS_PROXY, NODE_EXTRA_CA_CERTS });
    expect(warnings).toEqual([]);
    expect(report.repository.platform).toBe('3.17');
    expect(workflow(report, 'calls')?.jobs.map(({ path: ids }) => ids.join('/'))).toContain('here/inner');
    expect(new Set(proxy.asked)).toEqual(new Set(['ghes.example:443']));
    expect(server.asked[0]).toBe('GET /api/v3/meta token token-of-the-job');
  });

  test('a certificate that nobody vouches for is refused, with what to do, and gets no token', async () => {
    const server = await secureEnterpriseServer({ installedVersion: '3.17.4', files: SHARED });
    const proxy = await proxyTo(server.port);
    const { report, warnings } = await onServer({ GITHUB_API_URL, HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` });
    expect(report.repository.platform).toBe('github.com');
    expect(warnings.map(({ message }) => message).join()).toMatch(/self-signed certificate.*Set NODE_EXTRA_CA_CERTS to a file/);
    expect(workflow(report, 'calls')?.outcome).toBe('unresolved');
    expect(JSON.stringify(workflow(report, 'calls')?.problems)).toContain('Set NODE_EXTRA_CA_CERTS to a file');
    expect(server.asked).toEqual([]);
  });

  // 0.0.0.0 leads to this machine, and is no address that never goes through a proxy.
  onlyPosix.each([
    ['through HTTPS_PROXY', {}, 1],
    ['past it by NO_PROXY', { NO_PROXY: 'x.example, 0.0.0.0' }, 0],
  ])('the command line asks the server of GH_HOST %s', async (_, env, most) => {
    const server = await secureEnterpriseServer({ installedVersion: '3.9.2', files: SHARED });
    const proxy = await proxyTo(server.port);
    const certificate = path.join(temporaryFolder({ 'ca.pem': CERTIFICATE_FILE }), 'ca.pem');
    const HOME = temporaryFolder();
    const { stdout, stderr } = await runCommandLine([temporaryFolder(FILES), '--format', 'json'], {
      env: {
        GH_HOST: `0.0.0.0:${server.port}`,
        GH_TOKEN: 'mine',
        HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
        NODE_EXTRA_CA_CERTS: certificate,
        HOME,
        LOCALAPPDATA: HOME,
        ...env,
      },
    });
    expect(stderr).toBe(
      `The report is for GitHub Enterprise Server 3.9.2: that is what https://0.0.0.0:${server.port}/api/v3 says it is.\n`,
    );
    expect(JSON.parse(stdout).repository.platform).toBe('3.9');
    expect(server.asked[0]).toBe('GET /api/v3/meta token mine');
    expect(Math.min(proxy.asked.length, 1)).toBe(most);
  });
});
