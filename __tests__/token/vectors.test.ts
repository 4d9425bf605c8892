import { expect, test } from '@jest/globals';

import { jobOf, printed, workflow } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

const PERMISSIVE = `
  Actions ArtifactMetadata Attestations Checks CodeQuality Contents CopilotRequests Deployments Discussions Drives Issues
  Metadata Models Packages Pages PullRequests RepositoryProjects SecurityEvents Statuses VulnerabilityAlerts`
  .trim()
  .split(/\s+/);

const READ_ONLY = ['Metadata', 'Models', 'VulnerabilityAlerts'];
const ALL_READS = PERMISSIVE.filter((name) => name !== 'CopilotRequests').map((name) => `${name}: read`);
const RESTRICTED = ['Contents: read', 'Metadata: read', 'Packages: read'];

/** Runs of public repositories and what their logs print: the setting, the workflow, who started it, the lines. */
test.each<readonly [string, Known, string, string, readonly string[]]>([
  ['1: restricted, no block', { default: 'read' }, workflow('push'), 'repository', RESTRICTED],
  ['2: an empty block', { default: 'write' }, workflow('push', '{}'), 'repository', ['Metadata: read']],
  [
    '3: one permission',
    { default: 'write' },
    workflow('push', '{ statuses: write }'),
    'repository',
    ['Metadata: read', 'Statuses: write'],
  ],
  [
    '4: id-token is not printed',
    { default: 'read' },
    workflow('push', '{ id-token: write }'),
    'repository',
    ['Metadata: read'],
  ],
  [
    "5: the job's block replaces the workflow's",
    { default: 'write' },
    workflow('push', '{ contents: read, statuses: write }', '    permissions: { issues: read }\n'),
    'repository',
    ['Issues: read', 'Metadata: read'],
  ],
  [
    '6: permissive, no block',
    { default: 'write' },
    workflow('push'),
    'repository',
    PERMISSIVE.map((name) => `${name}: ${READ_ONLY.includes(name) ? 'read' : 'write'}`),
  ],
  [
    '7: permissive, no block, a fork',
    { default: 'write', visibility: 'public' },
    workflow('pull_request'),
    'fork',
    ALL_READS,
  ],
  [
    '8: a block, a fork',
    { default: 'read', visibility: 'public' },
    workflow('pull_request', '', '    permissions: { security-events: write }\n'),
    'fork',
    ['Metadata: read', 'SecurityEvents: read'],
  ],
  [
    '9: permissive, no block, Dependabot',
    { default: 'write', visibility: 'public' },
    workflow('pull_request'),
    'dependabot',
    ALL_READS,
  ],
  [
    '10: a block, Dependabot',
    { default: 'read', visibility: 'public' },
    workflow('pull_request', '{ contents: read, pull-requests: write }'),
    'dependabot',
    ['Contents: read', 'Metadata: read', 'PullRequests: write'],
  ],
  [
    '11: restricted, no block, Dependabot',
    { default: 'read', visibility: 'public' },
    workflow('pull_request'),
    'dependabot',
    RESTRICTED,
  ],
  [
    '12: what the caller allows',
    { default: 'read' },
    workflow('push', 'write-all', '    permissions: { contents: read, copilot-requests: write }\n'),
    'repository',
    ['Contents: read', 'CopilotRequests: write', 'Metadata: read'],
  ],
  [
    '14: a block is not bound by the setting',
    { default: 'read' },
    workflow('push', '{ contents: write }'),
    'repository',
    ['Contents: write', 'Metadata: read'],
  ],
  [
    "15: the job's block replaces an empty one",
    { default: 'write' },
    workflow('push', '{}', '    permissions: { contents: read }\n'),
    'repository',
    ['Contents: read', 'Metadata: read'],
  ],
  ['read-all prints 19 lines', { default: 'read' }, workflow('push', 'read-all'), 'repository', ALL_READS],
  [
    'write-all prints 20 lines',
    { default: 'read' },
    workflow('push', 'write-all'),
    'repository',
    PERMISSIVE.map((name) => `${name}: ${READ_ONLY.includes(name) ? 'read' : 'write'}`),
  ],
])('%s', (_, known, text, actor, expected) => {
  const { grants } = jobOf(text, known);
  // A fork or Dependabot without a row of its own gets what the repository gets.
  const row = grants.find((grant) => grant.actor === actor) ?? grants.find((grant) => grant.actor === 'repository');
  expect(printed(row!.permissions)).toEqual(expected);
});

test('write-all gives id-token, read-all and the default do not', () => {
  const token = (block: string, setting: 'read' | 'write') =>
    jobOf(workflow('push', block), { default: setting }).grants[0]?.permissions['id-token'];
  expect(token('write-all', 'read')).toBe('write');
  expect(token('{ id-token: write }', 'read')).toBe('write');
  expect(token('read-all', 'write')).toBeUndefined();
  expect(token('', 'write')).toBeUndefined();
});
