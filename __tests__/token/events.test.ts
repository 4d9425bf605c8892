import { describe, expect, test } from '@jest/globals';

import type { ForkPullRequests } from '../../src/model/settings.ts';
import { definitionOf } from '../../src/workflow/grammar/grammar.ts';
import { jobOf, rowsOf, workflow } from '../helpers/checking.ts';
import type { Known } from '../helpers/checking.ts';

const BLOCK = '{ contents: write, issues: read, id-token: write, copilot-requests: write }';
const FULL = 'contents:write copilot-requests:write id-token:write issues:read';
/** Writes become reads, and what cannot be read goes. */
const REDUCED = 'contents:read issues:read';

const PUBLIC: Known = { default: 'read', visibility: 'public' };

function rows(event: string, known: Known, block = BLOCK): readonly string[] {
  return rowsOf(jobOf(workflow(event, block), known));
}

const REDUCED_FOR_FORKS = ['pull_request', 'pull_request_review', 'pull_request_review_comment'];
const EVENTS = definitionOf('on-event')['allowed-values'] ?? [];

describe("a fork's pull request", () => {
  test.each(REDUCED_FOR_FORKS)('%s: public', (event) => {
    expect(rows(event, PUBLIC)).toEqual([`${event} repository: ${FULL}`, `${event} fork: ${REDUCED}`]);
  });

  const settings: readonly (readonly [ForkPullRequests, readonly string[]])[] = [
    ['off', ['fork: not-run']],
    ['read', [`fork: ${REDUCED}`]],
    // Whether id-token reaches it was not verified.
    ['write', [`fork medium: ${FULL}`]],
  ];
  for (const visibility of ['private', 'internal'] as const) {
    test.each(settings)(`${visibility}, forks %s`, (forks, fork) => {
      for (const event of REDUCED_FOR_FORKS) {
        expect(rows(event, { default: 'read', visibility, forks })).toEqual([
          `${event} repository: ${FULL}`,
          ...fork.map((row) => `${event} ${row}`),
        ]);
      }
    });
  }

  test('with write tokens it is as any other, id-token aside', () => {
    const known: Known = { default: 'write', visibility: 'private', forks: 'write' };
    expect(rows('pull_request', known, '{ contents: write }')).toEqual(['pull_request repository: contents:write']);
    expect(rows('pull_request', known, '')).toEqual([
      'pull_request repository medium: 17 writes, 2 reads',
      'pull_request dependabot medium: 0 writes, 18 reads',
    ]);
  });

  test('the setting about forks means nothing to a public repository', () => {
    for (const forks of ['off', 'read', 'write'] as const) {
      expect(rows('pull_request', { ...PUBLIC, forks })).toEqual(rows('pull_request', PUBLIC));
    }
  });

  test('a block can still lower, and add reads to the restricted default', () => {
    expect(rows('pull_request', PUBLIC, '{}')).toEqual(['pull_request repository: ']);
    expect(rows('pull_request', PUBLIC, '{ issues: read }')).toEqual(['pull_request repository: issues:read']);
    expect(rows('pull_request', PUBLIC, '{ issues: none }')).toEqual(['pull_request repository: ']);
  });

  test('of the restricted default nothing is reduced', () => {
    expect(rows('pull_request', PUBLIC, '')).toEqual(['pull_request repository: contents:read packages:read']);
  });

  test('read-only permissions stay, write-only ones go', () => {
    expect(rows('pull_request', PUBLIC, '{ models: read, vulnerability-alerts: read, id-token: write }')).toEqual([
      'pull_request repository: id-token:write models:read vulnerability-alerts:read',
      'pull_request fork: models:read vulnerability-alerts:read',
    ]);
  });

  test('pull_request_target is not reduced, whoever opened the pull request', () => {
    for (const known of [
      PUBLIC,
      { default: 'read', visibility: 'private', forks: 'read' },
      { default: 'read', visibility: 'private', forks: 'write' },
    ] as const) {
      expect(rows('pull_request_target', known, '{ contents: write }')).toEqual([
        'pull_request_target repository if allowed: contents:write',
        'pull_request_target dependabot on its own base if allowed medium: contents:read',
      ]);
    }
  });

  test('where forks start no runs, pull_request_target does all the same, as far as is known', () => {
    expect(
      rows('pull_request_target', { default: 'read', visibility: 'private', forks: 'off' }, '{ contents: read }'),
    ).toEqual([
      'pull_request_target repository if allowed: contents:read',
      'pull_request_target fork if allowed medium: contents:read',
    ]);
  });
});

describe('events that nobody is reduced in', () => {
  const others = EVENTS.filter(
    (event) =>
      !REDUCED_FOR_FORKS.includes(event) && !['pull_request_target', 'workflow_call', 'schedule'].includes(event),
  );

  test.each(others)('%s', (event) => {
    expect(rows(event, PUBLIC)).toEqual([`${event} repository: ${FULL}`]);
    expect(rows(event, { default: 'read', visibility: 'private', forks: 'off' })).toEqual([
      `${event} repository: ${FULL}`,
    ]);
  });

  test('schedule', () => {
    expect(rows('{ schedule: [{ cron: 0 0 * * * }] }', PUBLIC)).toEqual([`schedule repository: ${FULL}`]);
  });
});

describe('Dependabot', () => {
  const REDUCED_DEFAULT = [...REDUCED_FOR_FORKS, 'push', 'create', 'deployment', 'deployment_status'];
  const permissive: Known = { default: 'write', visibility: 'private', forks: 'write' };

  test.each(REDUCED_DEFAULT)('%s: the default is reduced, a block is honoured', (event) => {
    expect(rows(event, permissive, '').filter((row) => row.includes('dependabot'))).toEqual([
      `${event} dependabot medium: 0 writes, 18 reads`,
    ]);
    expect(rows(event, permissive, '{ contents: write }')).toEqual([`${event} repository: contents:write`]);
    expect(rows(event, { ...permissive, default: 'read' }, '')).toEqual([
      `${event} repository: contents:read packages:read`,
    ]);
  });

  const others = EVENTS.filter(
    (event) =>
      !REDUCED_DEFAULT.includes(event) && !['pull_request_target', 'workflow_call', 'schedule'].includes(event),
  );
  test.each(others)('%s: no difference', (event) => {
    expect(rows(event, permissive, '')).toEqual([`${event} repository medium: 17 writes, 2 reads`]);
  });

  test('on pull_request_target only where it created the base branch, then a block is reduced too', () => {
    expect(rows('pull_request_target', { ...permissive, visibility: 'public' }, '')).toEqual([
      'pull_request_target repository if allowed medium: 17 writes, 2 reads',
      'pull_request_target dependabot on its own base if allowed medium: 0 writes, 18 reads',
    ]);
    expect(rows('pull_request_target', PUBLIC, BLOCK)).toEqual([
      `pull_request_target repository if allowed: ${FULL}`,
      `pull_request_target dependabot on its own base if allowed medium: ${REDUCED}`,
    ]);
    expect(rows('pull_request_target', PUBLIC, '{ contents: read }')).toEqual([
      'pull_request_target repository if allowed: contents:read',
    ]);
  });

  test('an empty block is a block', () => {
    expect(rows('push', permissive, '{}')).toEqual(['push repository: ']);
  });
});

describe('on GitHub Enterprise Server', () => {
  test('there are fewer permissions, and no execution protections', () => {
    const known: Known = { default: 'write', visibility: 'private', forks: 'read', ghes: '3.17' };
    expect(rows('pull_request_target', known, '')).toEqual([
      'pull_request_target repository: 12 writes, 0 reads',
      'pull_request_target dependabot on its own base: 0 writes, 12 reads',
    ]);
    expect(rows('push', known, 'write-all')).toEqual(['push repository: 13 writes, 0 reads']);
    expect(rows('push', { ...known, ghes: '3.4' }, 'write-all')).toEqual(['push repository: 12 writes, 0 reads']);
    expect(rows('push', { ...known, default: 'read', ghes: '3.8' }, '')).toEqual(['push repository: contents:read']);
    expect(rows('push', { ...known, default: 'read', ghes: '3.9' }, '')).toEqual([
      'push repository: contents:read packages:read',
    ]);
  });

  test('what was not verified is of medium confidence', () => {
    const known: Known = { default: 'read', visibility: 'private', forks: 'read' };
    expect(rows('push', { ...known, ghes: '3.2' }, '{ contents: read }')).toEqual(['push repository: contents:read']);
    expect(rows('push', { ...known, ghes: '3.3' }, '{ pages: read }')).toEqual(['push repository medium: pages:read']);
    expect(rows('push', { ...known, ghes: '3.20' }, '{ pages: read }')).toEqual(['push repository: pages:read']);
    expect(rows('push', { ...known, ghes: '3.21' }, '{ pages: read }')).toEqual(['push repository medium: pages:read']);
  });
});
