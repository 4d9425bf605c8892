import { describe, expect, test } from '@jest/globals';

import type { Grant } from '../../src/model/grant.ts';
import type { Report } from '../../src/model/report.ts';
import { textReport } from '../../src/report/text/text.ts';
import {
  DEFAULT_READ,
  DEFAULT_REDUCED,
  DEFAULT_WRITE,
  grant,
  job,
  notRun,
  PATH,
  permissions,
  report,
  workflow,
} from './sample.ts';

const WRITE = permissions({ write: 'contents', read: 'issues' });
const READ = permissions({ read: 'contents issues' });
const JOB = { origin: { from: 'job', path: PATH, line: 8, column: 7 } } as const;

/** What the text says of a job with these rows, one line an entry. */
function said(events: readonly string[], grants: readonly Grant[], repository: Partial<Report['repository']> = {}) {
  const given = report([workflow(PATH, [job('build', grants)], { events })], { repository });
  const block = textReport(given, { width: 120, color: false }).split('\n\n')[1] ?? '';
  return block
    .split('\n')
    .slice(2)
    .map((line) => line.slice(12).trim());
}

/** What the text says is different in some of the runs. */
function different(...given: Parameters<typeof said>): readonly string[] {
  const all = said(...given);
  const first = all.findIndex((line) => line.startsWith('but '));
  return first === -1 ? [] : all.slice(first).map((line) => line.replace(/^but +/, ''));
}

describe('a pull request from a fork', () => {
  const own = grant(WRITE, { events: ['push', 'pull_request'], ...JOB });
  const fork = { events: ['pull_request'], actor: 'fork', ...JOB } as const;

  test('that gets read for every write', () => {
    expect(different(['push', 'pull_request'], [own, grant(READ, fork)])).toEqual(['from a fork: read only']);
  });

  test('that loses an identity', () => {
    const withToken = permissions({ write: 'contents id-token', read: 'issues' });
    const grants = [grant(withToken, { events: ['pull_request'], ...JOB }), grant(READ, fork)];
    expect(different(['pull_request'], grants)).toEqual(['from a fork: read only, without id-token']);
  });

  test('that does not run', () => {
    expect(different(['pull_request'], [own, notRun(fork)])).toEqual(['from a fork: does not run']);
  });

  test('that has a token with writes, on pull_request_target', () => {
    const target = grant(WRITE, { events: ['pull_request_target'], ifAllowed: true, ...JOB });
    expect(different(['pull_request_target'], [target])).toEqual(['from a fork: the same, writes included']);
    expect(different(['pull_request', 'pull_request_target'], [own, target, grant(READ, fork)])).toEqual([
      'on pull_request_target from a fork: the same, writes included',
      'on pull_request from a fork: read only',
    ]);
  });

  test('is told once when visibility and setting are not known', () => {
    const grants = [
      own,
      grant(READ, { ...fork, visibility: 'public' }),
      grant(READ, { ...fork, visibility: 'private', forkPullRequests: 'read' }),
      notRun({ ...fork, visibility: 'private', forkPullRequests: 'off' }),
    ];
    expect(different(['pull_request'], grants, { visibility: 'unknown' })).toEqual(['from a fork: read only']);
    const workflows = ['a', 'b'].map((name) => workflow(name, [job('build', grants)], { events: ['pull_request'] }));
    const given = report(workflows, { repository: { visibility: 'unknown' } });
    const shown = textReport(given, { width: 120, color: false }).replaceAll(/\s+/g, ' ');
    expect(shown.match(/no run/g)).toHaveLength(1);
    expect(shown).toContain('--visibility and --fork-pull-requests');
  });

  test('is told case by case when the cases differ in another way', () => {
    const grants = [
      own,
      grant(READ, { ...fork, visibility: 'public' }),
      grant(permissions({ read: 'contents' }), { ...fork, visibility: 'private', forkPullRequests: 'read' }),
    ];
    expect(different(['pull_request'], grants, { visibility: 'unknown' })).toEqual([
      'from a fork: read only in a public repository',
      'from a fork: contents: read in a private repository that gives forks read only',
    ]);
  });
});

describe('Dependabot', () => {
  const events = ['push', 'pull_request'];
  const byDefault = [
    grant(DEFAULT_READ, { events, defaultPermissions: 'read' }),
    grant(DEFAULT_WRITE, { events, defaultPermissions: 'write' }),
  ];

  test('gets read only of the default, which is true whatever the default is', () => {
    const reduced = grant(DEFAULT_REDUCED, { events, actor: 'dependabot', defaultPermissions: 'write' });
    expect(different(events, [...byDefault, reduced])).toEqual(['started by Dependabot: read only']);
  });

  test('is told together with forks that get the same', () => {
    const grants = [
      ...byDefault,
      grant(DEFAULT_REDUCED, { events, actor: 'dependabot', defaultPermissions: 'write' }),
      grant(DEFAULT_REDUCED, { events: ['pull_request'], actor: 'fork', defaultPermissions: 'write' }),
    ];
    expect(different(events, grants)).toEqual(['from a fork or started by Dependabot: read only']);
  });

  test('may be the only one who starts a job', () => {
    const grants = [notRun({ events }), grant(WRITE, { events, actor: 'dependabot', ...JOB })];
    expect(said(events, grants)).toEqual([
      'only   if Dependabot starts the run:',
      'write  contents',
      'read   issues  (job block, line 8)',
    ]);
    const shown = textReport(report([workflow(PATH, [job('build', grants)], { events })]), { width: 80, color: false });
    expect(shown).toContain('1 job can write.');
  });
});

describe('runs of the repository itself', () => {
  test('in which the job does not run are named', () => {
    const grants = [grant(WRITE, JOB), notRun({ events: ['schedule'] })];
    expect(different(['push', 'schedule'], grants)).toEqual(['on schedule: does not run']);
  });

  test('are told apart by their activity types where these differ', () => {
    const event = { events: ['pull_request'] };
    const grants = [grant(WRITE, { ...event, actions: ['opened'], ...JOB }), notRun({ ...event, actions: ['closed'] })];
    expect(different(['pull_request'], grants)).toEqual(['on pull_request (closed): does not run']);
  });

  test('in which it never runs', () => {
    expect(said(['push'], [notRun({})])).toEqual(['does not run']);
  });
});

test('a doubt is told once, and rows refer to it', () => {
  const doubt = 'GitHub does not say this.';
  const row = grant(WRITE, { confidence: 'medium', doubts: [doubt], ...JOB });
  const given = report([workflow(PATH, [job('a', [row])]), workflow('.github/workflows/b.yml', [job('b', [row])])]);
  const shown = textReport(given, { width: 120, color: false });
  expect(shown.split(doubt)).toHaveLength(2);
  expect(shown.match(/not certain: note 1/g)).toHaveLength(2);
  expect(shown).toContain(`note 1: ${doubt}`);
});
