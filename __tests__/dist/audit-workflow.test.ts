import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, test } from '@jest/globals';

import { readPolicies } from '../../src/policy/read-policy.ts';
import { policyText } from '../helpers/policies.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import { judgementOf } from '../helpers/judging.ts';
import { organizationFrom, type Organization } from '../helpers/organization/organization.ts';
import { serveOrganization, type OrganizationServer, type Trouble } from '../helpers/organization/server.ts';
import { artifactActions, runWorkflow, type WorkflowEnded, type WorkflowRun } from '../helpers/run-workflow.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILE = path.join(ROOT, '.github/workflows/audit.yml');
const SHAPE = { owner: 'octo-org', seed: 'audit workflow', repositories: 12, files: 2 };

// The scripts are for runners of GitHub, which have bash.
const onlyPosix = process.platform === 'win32' ? test.skip : test;

const servers: OrganizationServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(
  served: Organization,
  trouble: (url: string) => Trouble | null = () => null,
): Promise<OrganizationServer> {
  const server = await serveOrganization(served, { trouble: ({ url }) => trouble(url) });
  servers.push(server);
  return server;
}

/** One audit as GitHub would run it, with the artifacts that it leaves. */
interface Audit extends WorkflowEnded {
  readonly artifacts: string;
  readonly tokens: Readonly<Record<string, string>>[];
}

async function audit(
  api: OrganizationServer,
  more: Partial<WorkflowRun> & { readonly earlier?: Readonly<Record<string, string>>; readonly artifacts?: string } = {},
): Promise<Audit> {
  const { earlier, artifacts = temporaryFolder(), ...given } = more;
  const tokens: Readonly<Record<string, string>>[] = [];
  const ended = await runWorkflow(FILE, {
    github: {
      token: 'token-of-the-job',
      repository_owner: 'octo-org',
      event: { repository: { default_branch: 'main' } },
    },
    job: { workflow_repository: 'octo-org/effective-permissions', workflow_sha: 'c'.repeat(40) },
    secrets: { 'app-private-key': 'key of the App' },
    env: {
      PATH: process.env.PATH,
      XDG_CACHE_HOME: temporaryFolder(),
      GITHUB_API_URL: api.url,
      GITHUB_REPOSITORY: 'octo-org/security',
      GITHUB_WORKFLOW_REF: 'octo-org/security/.github/workflows/weekly.yml@refs/heads/main',
      GITHUB_RUN_ID: '20',
    },
    actions: {
      ...artifactActions(artifacts, earlier),
      'actions/checkout': (inputs, workspace) => {
        symlinkSync(ROOT, path.join(workspace, inputs.path ?? ''), 'dir');
        return {};
      },
      'actions/create-github-app-token': (inputs) => {
        tokens.push(inputs);
        return { token: 'token-of-the-app' };
      },
    },
    ...given,
    inputs: { 'fail-on': 'never', shards: '3', 'app-client-id': 'Iv1.app', ...given.inputs },
  });
  return { ...ended, artifacts, tokens };
}

function results({ jobs }: WorkflowEnded): unknown {
  return Object.entries(jobs).map(([id, { result }]) => `${id} ${result}`);
}

function linesOf({ artifacts }: Audit): readonly { audit: { repository: string; state: string; reused?: true } }[] {
  const text = readFileSync(path.join(artifacts, 'audit/audit.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('the workflow that audits an organization', () => {
  onlyPosix('plans, computes and merges', async () => {
    const api = await serve(organizationFrom(SHAPE));
    const ended = await audit(api, { inputs: { skip: 'none' } });
    expect(results(ended)).toEqual(['plan success', 'shard success', 'merge success']);
    expect(ended.outputs).toEqual({ result: 'pass' });
    expect(ended.jobs.shard?.legs).toHaveLength(3);
    for (const name of ['audit.jsonl', 'audit.html', 'permissions.csv', 'summary.md']) {
      expect([name, existsSync(path.join(ended.artifacts, 'audit', name))]).toEqual([name, true]);
    }
    expect(ended.summary).toBe(readFileSync(path.join(ended.artifacts, 'audit/summary.md'), 'utf8'));
    expect(linesOf(ended).length).toBeGreaterThanOrEqual(SHAPE.repositories);
    // Nobody but the App reads the repositories, and with what it needs alone.
    const ofRepositories = api.asked.filter(({ url }) => !url.includes('/actions/workflows/'));
    expect(new Set(ofRepositories.map(({ authorization }) => authorization?.split(' ').at(-1)))).toEqual(
      new Set(['token-of-the-app']),
    );
    const rights = ended.tokens.map((inputs) => Object.entries(inputs).filter(([name]) => name.startsWith('permission-')));
    expect(new Set(rights.flat().map(([, level]) => level))).toEqual(new Set(['read']));
    expect(ended.tokens.map(({ owner }) => owner)).toEqual(Array(4).fill('octo-org'));
  });

  onlyPosix('says the same whatever the number of shards', async () => {
    const api = await serve(organizationFrom(SHAPE));
    const one = await audit(api, { inputs: { shards: '1' } });
    const many = await audit(api, { inputs: { shards: '5' } });
    for (const name of ['audit.jsonl', 'permissions.csv']) {
      const texts = [one, many].map(({ artifacts }) => readFileSync(path.join(artifacts, 'audit', name), 'utf8'));
      expect(texts[1]).toBe(texts[0]);
    }
  });

  onlyPosix('shows a lost shard as lost, and is whole when that shard alone has run again', async () => {
    const api = await serve(organizationFrom(SHAPE));
    const broken = await audit(api, { breaks: (job, { shard }) => job === 'shard' && shard === 2 });
    expect(results(broken)).toEqual(['plan success', 'shard failure', 'merge failure']);
    expect(broken.outputs).toEqual({ result: 'error' });
    expect(broken.summary).toMatch(/\blost\b/i);
    expect(linesOf(broken).some((line) => line.audit.state === 'lost')).toBe(true);

    const asked = api.count('listing');
    const again = await audit(api, { again: broken, artifacts: broken.artifacts });
    expect(results(again)).toEqual(['plan success', 'shard success', 'merge success']);
    expect(again.tokens).toHaveLength(1);
    expect(api.count('listing')).toBe(asked);
    const whole = await audit(api);
    expect(readFileSync(path.join(again.artifacts, 'audit/audit.jsonl'), 'utf8')).toBe(
      readFileSync(path.join(whole.artifacts, 'audit/audit.jsonl'), 'utf8'),
    );
  });

  onlyPosix('takes from the last audit what is the same, and never from a pull request', async () => {
    const first = await audit(await serve(organizationFrom(SHAPE)));
    const run = (id: number, event: string, owner = 'octo-org') => ({
      id,
      event,
      head_repository: { full_name: `${owner}/security` },
    });
    const runs = [run(19, 'pull_request', 'mallory'), run(18, 'pull_request_target'), run(17, 'schedule')];
    const trouble = (url: string): Trouble | null => {
      if (url.includes('/actions/workflows/weekly.yml/runs?')) return { status: 200, body: { workflow_runs: runs } };
      const isThere = url.includes('/actions/runs/17/artifacts?name=audit');
      return isThere ? { status: 200, body: { artifacts: [{ name: 'audit', expired: false }] } } : null;
    };
    const changed = await serve(organizationFrom({ ...SHAPE, changed: 30, round: 1 }), trouble);
    const second = await audit(changed, { earlier: { 17: first.artifacts } });
    expect(results(second)).toEqual(['plan success', 'shard success', 'merge success']);
    const reused = linesOf(second).filter((line) => line.audit.reused === true).length;
    expect(reused).toBeGreaterThan(5);
    expect(reused).toBeLessThan(linesOf(second).length);
    expect(changed.asked.some(({ url }) => /\/actions\/runs\/(18|19|20)\//.test(url))).toBe(false);
  });

  onlyPosix('does without the last audit when that cannot be found', async () => {
    const ended = await audit(await serve(organizationFrom(SHAPE)));
    expect(ended.jobs.plan?.log).toContain('The last audit was not found: HTTP 404');
  });

  test('keeps to our strictest policy', () => {
    const regulated = readFileSync(path.join(ROOT, 'docs/policies/regulated.yml'), 'utf8');
    const text = regulated.replace(
      '  - workflows: ci.yml\n    permissions: { contents: read }',
      '  - workflows: audit.yml\n    permissions: { contents: read, actions: read }',
    );
    expect(text).not.toBe(regulated);
    const read = readPolicies([policyText(text, 'policy.yml')], { kind: 'github.com' });
    if (!('policy' in read)) throw new Error(JSON.stringify(read.problems));
    const files = { '.github/workflows/audit.yml': readFileSync(FILE, 'utf8') };
    const given = { needsOf: 'real', default: 'read', visibility: 'private', policy: read.policy } as const;
    const { findings } = judgementOf(files, given);
    const ofThisFile = findings.filter(({ path: file }) => file === '.github/workflows/audit.yml');
    expect(ofThisFile.map(({ message }) => message)).toEqual([]);
  });
});
