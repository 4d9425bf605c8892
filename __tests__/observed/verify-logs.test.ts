import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { TABLE_DATE } from '../../src/permissions/permission-table.ts';
import { NoSuchJob } from '../../src/verify-logs.ts';
import { jobOf, PATH, printed, workflow, type Known } from '../helpers/checking.ts';
import { tried } from '../helpers/property.ts';
import { logText } from './logs.ts';
import { differences, verify, type Asked } from './verifying.ts';

const PERMISSIVE = `
  Actions ArtifactMetadata Attestations Checks CodeQuality Contents CopilotRequests Deployments Discussions Drives Issues
  Metadata Models Packages Pages PullRequests RepositoryProjects SecurityEvents Statuses VulnerabilityAlerts`
  .trim()
  .split(/\s+/);
const READ_ONLY = ['Metadata', 'Models', 'VulnerabilityAlerts'];
const WRITE_ALL = PERMISSIVE.map((name) => `${name}: ${READ_ONLY.includes(name) ? 'read' : 'write'}`);
const READ_ALL = PERMISSIVE.filter((name) => name !== 'CopilotRequests').map((name) => `${name}: read`);
const RESTRICTED = ['Contents: read', 'Metadata: read', 'Packages: read'];
const without = (lines: readonly string[], ...names: string[]): readonly string[] =>
  lines.filter((line) => !names.includes(line.split(':')[0] ?? ''));

const READ_CONTENTS = workflow('push', '{ contents: read }');
const CALLER = `on: push
permissions: { contents: write, issues: write }
jobs:
  call:
    uses: ./.github/workflows/called.yml
`;
const CALLED = `on: workflow_call
jobs:
  deploy:
    runs-on: x
    permissions: { contents: read }
  label:
    runs-on: x
`;
const CHAIN = { '.github/workflows/ci.yml': CALLER, '.github/workflows/called.yml': CALLED };

/** Real runs of public repositories: what their logs print agrees, and what any other of these prints differs. */
const VECTORS: readonly (readonly [string, string, Asked, readonly string[]])[] = [
  ['1: restricted, no block', workflow('push'), { default: 'read' }, RESTRICTED],
  ['2: an empty block', workflow('push', '{}'), {}, ['Metadata: read']],
  ['3: one permission', workflow('push', '{ statuses: write }'), {}, ['Metadata: read', 'Statuses: write']],
  ['4: id-token is not printed', workflow('push', '{ id-token: write }'), {}, ['Metadata: read']],
  [
    "5: the job's block replaces the workflow's",
    workflow('push', '{ contents: read, statuses: write }', '    permissions: { issues: read }\n'),
    {},
    ['Issues: read', 'Metadata: read'],
  ],
  ['6: permissive, no block', workflow('push'), { default: 'write', actor: 'repository' }, WRITE_ALL],
  [
    '7: permissive, no block, a fork',
    workflow('pull_request'),
    { default: 'write', visibility: 'public', actor: 'fork' },
    READ_ALL,
  ],
  [
    '8: a block, a fork',
    workflow('pull_request', '', '    permissions: { security-events: write }\n'),
    { actor: 'fork', visibility: 'public' },
    ['Metadata: read', 'SecurityEvents: read'],
  ],
  [
    '9: permissive, no block, Dependabot',
    workflow('pull_request'),
    { default: 'write', actor: 'dependabot' },
    READ_ALL,
  ],
  [
    '10: a block, Dependabot',
    workflow('pull_request', '{ contents: read, pull-requests: write }'),
    { actor: 'dependabot' },
    ['Contents: read', 'Metadata: read', 'PullRequests: write'],
  ],
  [
    '11: restricted, no block, Dependabot',
    workflow('pull_request'),
    { default: 'read', actor: 'dependabot' },
    RESTRICTED,
  ],
  [
    '12: with the newest permission',
    workflow('push', 'write-all', '    permissions: { contents: read, copilot-requests: write }\n'),
    {},
    ['Contents: read', 'CopilotRequests: write', 'Metadata: read'],
  ],
  [
    '14: restricted, and a block that gives more',
    workflow('push', '{ contents: write }'),
    { default: 'read' },
    ['Contents: write', 'Metadata: read'],
  ],
  [
    '15: an empty block, and one of the job',
    workflow('push', '{}', '    permissions: { contents: read }\n'),
    {},
    ['Contents: read', 'Metadata: read'],
  ],
];

describe('the logs of real runs', () => {
  test.each(VECTORS)('%s', (_, text, asked, granted) => {
    const found = verify(text, logText(granted), { job: 'build', ...asked });
    expect(found).toMatchObject({
      result: 'agrees',
      date: '2026-10-04',
      newPermissions: [],
      notCompared: ['id-token'],
    });
    expect(differences(found)).toEqual([]);
    for (const [, , , others] of VECTORS) {
      if (others.join() === granted.join()) continue;
      expect(verify(text, logText(others), { job: 'build', ...asked })).toMatchObject({ result: 'differs' });
    }
  });

  test('13: a run that cannot start has no log', () => {
    const found = verify(
      { ...CHAIN, '.github/workflows/ci.yml': CALLER.replace('contents: write', 'actions: read') },
      logText(RESTRICTED),
      {
        job: 'call/deploy',
      },
    );
    expect(found).toMatchObject({ result: 'differs', compared: [{}, {}, {}] });
    expect(found.reason).toContain("Error calling workflow './.github/workflows/called.yml'");
  });
});

describe('the setting that a log shows', () => {
  test.each<readonly [string, string, Asked, readonly string[], 'read' | 'write' | null]>([
    ['the restricted one', workflow('push'), {}, RESTRICTED, 'read'],
    ['the permissive one', workflow('push'), {}, WRITE_ALL, 'write'],
    ['the permissive one, of a fork', workflow('pull_request'), {}, READ_ALL, 'write'],
    ['none, since a block applies', READ_CONTENTS, {}, ['Contents: read', 'Metadata: read'], null],
    ['none that was not known', workflow('push'), { default: 'read' }, RESTRICTED, null],
  ])('%s', (_, text, asked, granted, expected) => {
    expect(verify(text, logText(granted), asked)).toMatchObject({ result: 'agrees', defaultPermissions: expected });
  });
});

describe('which rows count', () => {
  const on = workflow('[push, pull_request]', '{ contents: write }');
  const reduced = logText(['Contents: read', 'Metadata: read']);

  test.each<readonly [Asked, 'agrees' | 'differs']>([
    [{}, 'agrees'],
    [{ event: 'pull_request' }, 'agrees'],
    [{ actor: 'fork' }, 'agrees'],
    [{ event: 'pull_request', actor: 'fork' }, 'agrees'],
    [{ event: 'push' }, 'differs'],
    [{ actor: 'repository' }, 'differs'],
    [{ actor: 'dependabot' }, 'differs'],
    [{ event: 'pull_request', actor: 'fork', visibility: 'private', forks: 'write' }, 'differs'],
  ])('%j', (asked, result) => {
    expect(verify(on, reduced, asked).result).toBe(result);
  });

  test('a fork has the rows of the repository where it gets the same', () => {
    const same = workflow('[push, pull_request]', '{ contents: read }');
    expect(verify(same, reduced, { event: 'pull_request', actor: 'fork' }).result).toBe('agrees');
    // With write tokens on, and that is not known here, a private fork gets what the repository gets.
    expect(
      verify(on, logText(['Contents: write', 'Metadata: read']), { actor: 'fork', event: 'pull_request' }).result,
    ).toBe('agrees');
    expect(
      verify(on, logText(['Contents: write', 'Metadata: read']), {
        actor: 'fork',
        event: 'pull_request',
        visibility: 'public',
      }).result,
    ).toBe('differs');
  });

  test('a job that is computed not to run', () => {
    const never = workflow('push', '{ contents: read }', '    if: false\n');
    const found = verify(never, reduced);
    expect(found).toMatchObject({ result: 'differs', runs: [{ status: 'not-run' }] });
    expect(differences(found)).toEqual(['contents: none/read', 'metadata: none/read']);
  });
});

describe('the day of the log', () => {
  const all = workflow('push', 'write-all');
  const old = without(WRITE_ALL, 'Drives');
  const NEW = [
    'Attestations',
    'ArtifactMetadata',
    'CodeQuality',
    'CopilotRequests',
    'Drives',
    'Models',
    'VulnerabilityAlerts',
  ];
  const OLDEST = without(WRITE_ALL, ...NEW);

  test.each<readonly [string, string | null, readonly string[], string, readonly string[]]>([
    ['before drives were there', '2026-07-03', old, 'agrees', []],
    ['drives came early', '2026-07-02', WRITE_ALL, 'agrees', []],
    ['when drives may or may not be there', '2026-07-10', old, 'agrees', ['drives']],
    ['the same, with them', '2026-07-10', WRITE_ALL, 'agrees', ['drives']],
    ['since drives are there', '2026-07-15', old, 'differs', []],
    ['no day', null, old, 'agrees', []],
    ['no day, and all', null, WRITE_ALL, 'agrees', []],
    ['no day, and what no day ever had', null, without(WRITE_ALL, 'Attestations'), 'differs', []],
    ['no day, and before any of the new ones', null, OLDEST, 'agrees', ['artifact-metadata', 'models']],
    ['later than our table', '2031-01-01', WRITE_ALL, 'agrees', []],
    ['before there were permissions', '2021-02-10', OLDEST, 'not-compared', []],
  ])('%s', (_, date, granted, result, uncertain) => {
    const found = verify(all, logText(granted, { date }));
    expect([found.result, found.notCompared.slice(1)]).toEqual([result, uncertain]);
  });

  test('what a block names is there on any day', () => {
    const named = workflow('push', '{ drives: write }');
    expect(verify(named, logText(['Drives: write', 'Metadata: read'], { date: '2026-07-01' })).result).toBe('agrees');
    expect(verify(named, logText(['Metadata: read'], { date: '2026-07-01' })).result).toBe('differs');
  });

  test('a called workflow with write-all asks for what there was then', () => {
    const granted = without(WRITE_ALL, 'CodeQuality', 'CopilotRequests', 'Drives', 'VulnerabilityAlerts');
    const names = without(granted, 'Metadata').map((line) =>
      line.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase(),
    );
    const files = {
      [PATH]: `on: push\npermissions: { ${names.join(', ')}, id-token: write }\njobs: { call: { uses: ./.github/workflows/called.yml } }\n`,
      '.github/workflows/called.yml': 'on: workflow_call\npermissions: write-all\njobs: { build: { runs-on: x } }\n',
    };
    const on = (date: string | null) => verify(files, logText(granted, { date }), { job: 'call/build' });
    expect(on('2026-04-14')).toMatchObject({ result: 'agrees', notCompared: ['id-token'] });
    // Nobody knows whether it was there on that day.
    expect(on('2026-04-20')).toMatchObject({ result: 'agrees', notCompared: ['id-token', 'vulnerability-alerts'] });
    expect(on(null)).toMatchObject({ result: 'agrees' });
    expect(on('2026-04-27')).toMatchObject({ result: 'differs', runs: [] });
    expect(on('2026-04-27').reason).toContain("is requesting 'vulnerability-alerts: read', but");
    expect(on('2026-10-04').reason).toContain(
      "'vulnerability-alerts: read, code-quality: write, copilot-requests: write",
    );
  });

  test('the restricted default had no packages until 2023', () => {
    const results = ['2022-11-30', '2023-01-15', '2023-02-26'].map(
      (date) =>
        verify(workflow('push'), logText(without(RESTRICTED, 'Packages'), { date }), { default: 'read' }).result,
    );
    expect(results).toEqual(['agrees', 'agrees', 'differs']);
  });
});

describe('what the table does not know', () => {
  test('is new, and differs in nothing', () => {
    const found = verify(READ_CONTENTS, logText(['Contents: read', 'Galaxies: write', 'Metadata: read']));
    expect(found).toMatchObject({ result: 'agrees', newPermissions: [{ logName: 'Galaxies', level: 'write' }] });
    expect(found.granted).toEqual({ contents: 'read', metadata: 'read' });
  });

  test('and a file names as well, is compared and new', () => {
    const text = workflow('push', '{ star-maps: write, contents: read }');
    const on = (...granted: string[]) => verify(text, logText([...granted, 'Metadata: read']));
    const agrees = on('Contents: read', 'StarMaps: write');
    expect(agrees).toMatchObject({ result: 'agrees', newPermissions: [{ logName: 'StarMaps', level: 'write' }] });
    expect(agrees.granted).toEqual({ contents: 'read', metadata: 'read', 'star-maps': 'write' });
    expect(differences(on('Contents: read', 'StarMaps: read'))).toEqual(['star-maps: write/read']);
    // It may be a slip, or one that this job does not have.
    const other = on('Contents: read');
    expect([other.result, other.reason]).toEqual([
      'differs',
      expect.stringContaining("no job of the file does: Unexpected value 'star-maps'"),
    ]);
    expect(other.causes[0]).toContain("GitHub may have added 'star-maps' after this version was made.");
    // What read-all and write-all give of it, nobody knows.
    const all = `${text}  other:\n    runs-on: x\n    permissions: write-all\n`;
    const granted = [
      logText(['StarMaps: write', 'Contents: read', 'Metadata: read']),
      logText(WRITE_ALL, { name: 'other' }),
    ];
    expect(verify(all, granted).logs.map(({ result, notCompared }) => [result, notCompared])).toEqual([
      ['agrees', ['id-token']],
      ['agrees', ['id-token', 'star-maps']],
    ]);
  });

  test('is new to a server that is older', () => {
    const found = verify(workflow('push', 'write-all'), logText(WRITE_ALL), { ghes: '3.17' });
    expect(found.result).toBe('agrees');
    expect(found.newPermissions.map(({ logName }) => logName)).toContain('Attestations');
  });

  test('is old, and told of by nobody', () => {
    const found = verify(READ_CONTENTS, logText(['Contents: read', 'Metadata: read', 'OrganizationPackages: write']));
    expect(found).toMatchObject({ result: 'agrees', newPermissions: [] });
  });
});

describe('why a log differs', () => {
  const causes = (text: string, granted: readonly string[], asked: Asked = {}, name = 'build'): readonly string[] =>
    verify(text, logText(granted, { name }), { job: 'build', ...asked }).causes;

  test('a setting', () => {
    expect(causes(workflow('push'), RESTRICTED, { default: 'write' })).toEqual([
      'The setting "Workflow permissions" was read. The log is what that gives.',
    ]);
    const fork = { visibility: 'private', forks: 'read', event: 'pull_request', actor: 'fork' } as const;
    expect(causes(workflow('pull_request', '{ issues: write }'), ['Issues: write', 'Metadata: read'], fork)).toEqual([
      'The setting for pull requests from forks was write. The log is what that gives.',
      'The run was started by a change of the repository itself (pull_request). The log is what that gives.',
    ]);
  });

  test('a fork or Dependabot', () => {
    const repository = { default: 'write', actor: 'repository', visibility: 'public' } as const;
    const text = workflow('[push, pull_request]', '', '');
    expect(causes(text, READ_ALL, repository)[0]).toContain('The run was started by a pull request from a fork');
    expect(causes(workflow('push'), READ_ALL, repository)[0]).toContain('The run was started by Dependabot');
  });

  test('another job', () => {
    expect(causes(READ_CONTENTS, ['Metadata: read'], {}, 'lint')[0]).toContain("The log is of the job 'lint'");
  });

  test('another version of the file, and nothing that is not about the difference', () => {
    expect(causes(READ_CONTENTS, ['Metadata: read'])).toEqual([
      'The run was of another version of the file. Give its commit with --at.',
    ]);
    const [doubt, version] = causes(workflow('push'), without(WRITE_ALL, 'CodeQuality'), { default: 'write' });
    expect(doubt).toContain("'code-quality', 'copilot-requests' and 'drives' are in the permissive default");
    expect(version).toContain('another version of the file');
    expect(causes(workflow('push'), without(WRITE_ALL, 'Issues'), { default: 'write' })).toEqual([version]);
  });
});

describe('jobs by name', () => {
  const two = `on: push
permissions: {}
jobs:
  one: { runs-on: x, permissions: { issues: read } }
  two: { name: 'Two \${{ matrix.os }}', runs-on: x, permissions: { contents: read } }
`;
  const one = ['Issues: read', 'Metadata: read'];
  const other = ['Contents: read', 'Metadata: read'];

  test('each log with its own job, and what no job is called', () => {
    const logs = [
      logText(one, { name: 'one (ubuntu)' }),
      logText(other, { name: 'Two macos' }),
      logText(other, { name: 'three' }),
    ];
    const found = verify(two, logs);
    expect(found.logs.map(({ job, result }) => [job?.join('/'), result])).toEqual([
      ['one', 'agrees'],
      ['two', 'agrees'],
    ]);
    expect([found.result, found.unmatched]).toEqual(['agrees', ['three']]);
  });

  test('one that differs decides, then one that could not be compared', () => {
    const logs = [logText(one, { name: 'one' }), logText([], { name: 'Two x' })];
    expect(verify(two, logs)).toMatchObject({ result: 'not-compared', job: ['two'], logs: [{}, {}] });
    expect(verify(two, [...logs, logText(other, { name: 'one' })])).toMatchObject({ result: 'differs', job: ['one'] });
  });

  test('the job of a called workflow', () => {
    const logs = [
      logText(['Contents: read', 'Metadata: read'], { name: 'call / deploy' }),
      logText(['Contents: write', 'Issues: write', 'Metadata: read'], { name: 'call / label (1, 2)' }),
    ];
    const found = verify(CHAIN, logs);
    expect(found.logs.map(({ job, result }) => [job, result])).toEqual([
      [['call', 'deploy'], 'agrees'],
      [['call', 'label'], 'agrees'],
    ]);
    expect(found.logs[1]?.compared[0]).toMatchObject({ permission: 'contents', origin: { from: 'caller', line: 2 } });
  });

  test('a name that several jobs can have', () => {
    const text = two
      .replace('one:', "one: { name: '${{ inputs.x }}', runs-on: x }\n  zero:")
      .replace("'Two ${{ matrix.os }}'", "'${{ inputs.y }}'");
    expect(verify(text, logText(one, { name: 'anything' }))).toMatchObject({ result: 'not-compared', job: null });
    expect(verify(text, logText(one, { name: 'anything' })).reason).toContain('can be that of one and two');
    // The job whose very name it is differs, and one that can have any name agrees.
    expect(verify(text, logText(other, { name: 'zero' })).reason).toContain('can be that of zero and two');
  });

  test('without a name, the only job there is', () => {
    expect(verify(READ_CONTENTS, logText(other, { name: null })).result).toBe('agrees');
    expect(verify(two, logText(other, { name: null }))).toMatchObject({ result: 'not-compared', job: null });
  });

  test('the job that is asked for, of several logs', () => {
    const logs = ['one (a)', 'Two b', 'one (c)'].map((name) => logText(one, { name }));
    expect(verify(two, logs, { job: 'one' }).logs.map(({ logName }) => logName)).toEqual(['one (a)', 'one (c)']);
    const none = verify(two, logs.slice(0, 1).concat(logs.slice(2)), { job: 'two' });
    expect([none.result, none.reason]).toEqual(['not-compared', expect.stringContaining("'one (a)' and 'one (c)'")]);
  });

  test.each<readonly [string, string]>([
    ['none', 'has no job none. Its jobs are: call/deploy and call/label.'],
    ['call', 'calls a workflow and has no token itself. Name a job of that: call/deploy and call/label.'],
  ])('no job with a token: %s', (job, message) => {
    const asking = (): unknown => verify(CHAIN, logText(one), { job });
    expect(asking).toThrow(NoSuchJob);
    expect(asking).toThrow(message);
  });

  test('a job whose callers decide', () => {
    const found = verify({ '.github/workflows/called.yml': CALLED }, logText(one), { job: 'label' });
    expect(found.result).toBe('not-compared');
    expect(found.reason).toContain('--workflow');
  });

  test('a job of a file that could not be read is compared with the most that it can have', () => {
    const text = CALLER.replace('./.github/workflows/called.yml', 'octo-org/other/.github/workflows/x.yml@v1');
    const logOf = (granted: readonly string[]): string => logText(granted, { name: 'call / x' });
    expect(verify(text, logOf(one), { job: 'call' })).toMatchObject({ result: 'not-compared' });
    expect(verify(text, logOf(['Metadata: read', 'Packages: read']), { job: 'call' })).toMatchObject({
      result: 'differs',
    });
  });
});

test('what is computed agrees with what GitHub would print of it', () => {
  const level = fc.constantFrom('none', 'read', 'write');
  const block = fc.oneof(
    fc.constantFrom('', '{}', 'read-all', 'write-all'),
    fc
      .dictionary(fc.constantFrom('contents', 'issues', 'packages', 'pull-requests', 'checks'), level, { minKeys: 1 })
      .map(JSON.stringify),
  );
  const known = fc.record<Known>({
    default: fc.constantFrom('read' as const, 'write' as const),
    visibility: fc.constantFrom('public' as const, 'private' as const),
    forks: fc.constantFrom('read' as const, 'write' as const),
  });
  fc.assert(
    fc.property(block, block, known, (root, own, settings) => {
      const text = workflow('[push, pull_request]', root, own === '' ? '' : `    permissions: ${own}\n`);
      for (const { permissions, events, actor } of jobOf(text, settings).grants) {
        const log = logText(printed(permissions), { date: TABLE_DATE });
        expect(verify(text, log, { ...settings, event: events[0]!, actor }).result).toBe('agrees');
        // And any one permission more or less does not.
        const other = logText(
          printed({ ...permissions, deployments: permissions.deployments === 'write' ? 'read' : 'write' }),
          { date: TABLE_DATE },
        );
        expect(verify(text, other, { ...settings, event: events[0]!, actor }).result).toBe('differs');
      }
    }),
    tried(30),
  );
});
