import { describe, expect, test } from '@jest/globals';

import type { Change } from '../../src/model/change.ts';
import { withoutReductions } from '../../src/policy/reductions.ts';

const CI = '.github/workflows/ci.yml';

function change(more: Partial<Change>): Change {
  const actors = more.actors ?? ['repository'];
  return {
    kind: 'raised',
    workflow: CI,
    job: ['a'],
    events: ['push', 'pull_request'],
    actor: actors[0]!,
    permissions: [
      { permission: 'contents', before: 'read', after: 'write' },
      { permission: 'issues', before: 'none', after: 'write' },
    ],
    because: { path: CI, line: 3, message: 'The block says more.' },
    ...more,
    actors,
  };
}

const OWN = change({});
const OF_FORKS: Partial<Change> = {
  actors: ['fork'],
  events: ['pull_request'],
  permissions: [{ permission: 'issues', before: 'none', after: 'read' }],
};

describe('what forks and Dependabot get of a change', () => {
  test.each<readonly [string, Partial<Change>]>([
    ['less of it', {}],
    ['all of it', { permissions: OWN.permissions }],
    ['less of it, under one setting', { visibility: 'public' }],
    ['nothing of it', { permissions: [] }],
  ])('is told once, with the whole: %s', (_, more) => {
    const part = change({ ...OF_FORKS, ...more });
    expect(withoutReductions([OWN, part])).toEqual([OWN]);
    expect(withoutReductions([change({ events: ['issues'] }), part, OWN])).toHaveLength(2);
  });

  test.each<readonly [string, Partial<Change>]>([
    ['in another job', { job: ['b'] }],
    ['in another workflow', { workflow: 'other.yml' }],
    ['of another kind', { kind: 'new' }],
    ['for another reason', { because: { path: CI, line: 4, message: 'The block says more.' } }],
    ['on another event', { events: ['pull_request_review'] }],
    ['on one event and another', { events: ['pull_request', 'pull_request_review'] }],
    ['another permission', { permissions: [{ permission: 'checks', before: 'none', after: 'read' }] }],
    [
      'a permission and another',
      {
        permissions: [
          { permission: 'issues', before: 'none', after: 'read' },
          { permission: 'checks', before: 'none', after: 'read' },
        ],
      },
    ],
    ['a permission that it had more of', { permissions: [{ permission: 'issues', before: 'read', after: 'write' }] }],
  ])('is told apart: %s', (_, more) => {
    const part = change({ ...OF_FORKS, ...more });
    expect(withoutReductions([OWN, part])).toEqual([OWN, part]);
  });

  test('is told apart where the whole is so under a setting alone, or gives less', () => {
    const part = change({ ...OF_FORKS, visibility: 'public' });
    const own = change({ visibility: 'private' });
    expect(withoutReductions([own, part])).toEqual([own, part]);
    const less = change({ permissions: [{ permission: 'issues', before: 'none', after: 'read' }] });
    const more = change({ ...OF_FORKS, permissions: [{ permission: 'issues', before: 'none', after: 'write' }] });
    expect(withoutReductions([less, more])).toEqual([less, more]);
  });

  test('is told where the repository has none', () => {
    const part = change(OF_FORKS);
    expect(withoutReductions([part])).toEqual([part]);
  });
});
