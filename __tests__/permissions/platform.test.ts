import { describe, expect, test } from '@jest/globals';

import type { Platform } from '../../src/model/settings.ts';
import { defaultPermissions } from '../../src/permissions/declared.ts';
import {
  doubtOnServer,
  hasExecutionProtections,
  parseServerVersion,
  permissionsOn,
  platformName,
} from '../../src/permissions/platform.ts';

const FIRST_TEN = [
  'actions',
  'checks',
  'contents',
  'deployments',
  'issues',
  'packages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
];
const TWELVE = [...FIRST_TEN, 'discussions', 'pages'].sort();
const WITH_TOKEN = [...TWELVE, 'id-token'].sort();

function server(version: string): Platform {
  return { kind: 'ghes', version: parseServerVersion(version)! };
}

describe('the permissions of GitHub Enterprise Server', () => {
  test.each([
    ['3.2', TWELVE, { contents: 'read' }],
    ['3.3', TWELVE, { contents: 'read' }],
    ['3.4', TWELVE, { contents: 'read' }],
    ['3.5', WITH_TOKEN, { contents: 'read' }],
    ['3.8', WITH_TOKEN, { contents: 'read' }],
    ['3.9', WITH_TOKEN, { contents: 'read', packages: 'read' }],
    ['3.10', WITH_TOKEN, { contents: 'read', packages: 'read' }],
    ['3.17', WITH_TOKEN, { contents: 'read', packages: 'read' }],
    ['3.20', WITH_TOKEN, { contents: 'read', packages: 'read' }],
    ['3.21', WITH_TOKEN, { contents: 'read', packages: 'read' }],
    ['4.0', WITH_TOKEN, { contents: 'read', packages: 'read' }],
  ])('%s', (version, names, restricted) => {
    const platform = server(version);
    const writable = permissionsOn(platform).filter(({ levels }) => levels.length > 0);
    expect(writable.map(({ name }) => name)).toEqual(names);
    expect(defaultPermissions('read', platform)).toEqual(restricted);
    expect(defaultPermissions('write', platform)).toEqual(Object.fromEntries(TWELVE.map((name) => [name, 'write'])));
    expect(hasExecutionProtections(platform)).toBe(false);
  });

  test('every token of a server has metadata, too', () => {
    expect(permissionsOn(server('3.2')).map(({ name }) => name)).toContain('metadata');
  });

  test.each([
    ['3.2', ['discussions', 'pages']],
    ['3.3', ['discussions', 'pages']],
    ['3.4', []],
    ['3.20', []],
    ['3.21', WITH_TOKEN],
    ['4.0', WITH_TOKEN],
  ])('%s: what was not verified', (version, doubtful) => {
    const platform = server(version);
    expect(WITH_TOKEN.filter((name) => doubtOnServer(platform, name) !== null)).toEqual([...doubtful].sort());
  });

  test('why, in one sentence', () => {
    expect(doubtOnServer(server('3.2'), 'pages')).toBe(
      "Whether GitHub Enterprise Server 3.2 has the permission 'pages' was not verified.",
    );
    expect(doubtOnServer(server('3.21'), 'pages')).toBe(
      'GitHub Enterprise Server 3.21 was not verified: its permissions were last compared for 3.20.',
    );
  });

  test('on github.com nothing of that holds', () => {
    const platform: Platform = { kind: 'github.com' };
    expect(hasExecutionProtections(platform)).toBe(true);
    expect(TWELVE.map((name) => doubtOnServer(platform, name))).toEqual(TWELVE.map(() => null));
  });
});

describe('the version of a server', () => {
  test.each([
    ['3.2', '3.2'],
    ['3.17', '3.17'],
    ['3.17.4', '3.17'],
    ['3.17.10', '3.17'],
    ['10.0', '10.0'],
  ])('%s is %s', (written, name) => {
    expect(platformName(server(written))).toBe(name);
  });

  test.each([
    '3.1',
    '3.1.9',
    '2.22',
    '3',
    '3.',
    '.2',
    'v3.2',
    '3.2.',
    '3.2.x',
    '3.02.1.1',
    '',
    ' 3.2',
    '03.2',
    '3.2-rc',
    '1e3.2',
  ])('%j is none', (written) => {
    expect(parseServerVersion(written)).toBeNull();
  });
});
