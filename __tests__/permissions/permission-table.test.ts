import { describe, expect, test } from '@jest/globals';

import type { AccessLevel, Permissions, PermissionsBlock } from '../../src/model/permission.ts';
import type { Platform } from '../../src/model/settings.ts';
import {
  alwaysGranted,
  declaredPermissions,
  defaultPermissions,
  mostACalleeMayAsk,
} from '../../src/permissions/declared.ts';
import { PERMISSION_TABLE, TABLE_DATE } from '../../src/permissions/permission-table.ts';
import type { PermissionFacts } from '../../src/permissions/permission-table.ts';

const GITHUB: Platform = { kind: 'github.com' };

/**
 * The table as the logs and the documentation of GitHub have it, one line a permission. Columns: levels, name in logs,
 * `read-all`, `write-all`, permissive default, restricted default, what a fork leaves of a write.
 */
const TABLE = `
  actions               RWN  Actions              R W W N R
  artifact-metadata     RWN  ArtifactMetadata     R W W N R
  attestations          RWN  Attestations         R W W N R
  checks                RWN  Checks               R W W N R
  code-quality          RWN  CodeQuality          R W W N R
  contents              RWN  Contents             R W W R R
  copilot-requests      WN   CopilotRequests      N W W N N
  deployments           RWN  Deployments          R W W N R
  discussions           RWN  Discussions          R W W N R
  drives                RWN  Drives               R W W N R
  id-token              WN   -                    R W N N N
  issues                RWN  Issues               R W W N R
  metadata              -    Metadata             R R R R R
  models                RN   Models               R R R N R
  packages              RWN  Packages             R W W R R
  pages                 RWN  Pages                R W W N R
  pull-requests         RWN  PullRequests         R W W N R
  repository-projects   RWN  RepositoryProjects   R W W N R
  security-events       RWN  SecurityEvents       R W W N R
  statuses              RWN  Statuses             R W W N R
  vulnerability-alerts  RN   VulnerabilityAlerts  R R R N R
`;

const LEVEL: Readonly<Record<string, AccessLevel>> = { R: 'read', W: 'write', N: 'none' };

function levelsOf(letters: string): readonly AccessLevel[] {
  return letters
    .split('')
    .filter((letter) => letter !== '-')
    .map((letter) => LEVEL[letter]!);
}

const ROWS = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/) as [string, string, string, ...string[]]);

function factsOf(name: string): PermissionFacts {
  return PERMISSION_TABLE.find((facts) => facts.name === name)!;
}

describe('the cells of the table', () => {
  test('there are these permissions, in alphabetical order', () => {
    expect(PERMISSION_TABLE.map(({ name }) => name)).toEqual(ROWS.map(([name]) => name));
    expect(ROWS).toHaveLength(21);
  });

  test.each(ROWS)('%s', (name, levels, logName, ...columns) => {
    const facts = factsOf(name);
    expect([...facts.levels].sort()).toEqual([...levelsOf(levels)].sort());
    expect(facts.logName).toBe(logName === '-' ? null : logName);
    expect([facts.readAll, facts.writeAll, facts.defaultWrite, facts.defaultRead, facts.reducedWrite]).toEqual(
      levelsOf(columns.join('')),
    );
  });

  test('the table has a date, and so has each permission', () => {
    const date = /^20\d\d(?:-\d\d(?:-\d\d)?)?$/;
    expect(TABLE_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
    for (const { since } of PERMISSION_TABLE) {
      expect(since.inFiles).toMatch(date);
      expect(since.inFiles <= TABLE_DATE).toBe(true);
      if (since.inLogs?.lastMissing) expect(since.inLogs.lastMissing < since.inLogs.firstSeen).toBe(true);
    }
  });

  test.each([
    ['attestations', '2024-05-01', '2024-02-28', '2024-05-03'],
    ['models', '2025-04-11', null, '2025-06-15'],
    ['artifact-metadata', '2025-11-13', null, '2025-11-21'],
    ['copilot-requests', '2026-03-10', '2026-06-08', '2026-06-10'],
    ['vulnerability-alerts', '2026-09-03', '2026-04-14', '2026-04-27'],
    ['code-quality', '2026-05-04', '2026-05-07', '2026-05-15'],
    ['drives', '2026-07-13', '2026-07-03', '2026-07-15'],
  ])('%s came on %s', (name, inFiles, lastMissing, firstSeen) => {
    expect(factsOf(name).since).toEqual({ inFiles, inLogs: { lastMissing, firstSeen } });
  });
});

describe('what GitHub prints in the log', () => {
  /** A token's permissions as the log group has them: what is none, and `id-token`, is not printed. */
  function printed(permissions: Permissions): readonly string[] {
    const all = { ...permissions, ...alwaysGranted(GITHUB) };
    return PERMISSION_TABLE.flatMap(({ name, logName }) => {
      const level = all[name] ?? 'none';
      return logName === null || level === 'none' ? [] : [`${logName}: ${level}`];
    });
  }

  function block(value: 'read-all' | 'write-all' | null): PermissionsBlock {
    const position = { line: 1, column: 1 };
    return { position, shorthand: value === null ? null : { value, position, comment: null }, entries: [] };
  }

  test.each([
    ['read-all', printed(declaredPermissions(block('read-all'), GITHUB)), 19, 0],
    ['write-all', printed(declaredPermissions(block('write-all'), GITHUB)), 20, 17],
    ['the permissive default', printed(defaultPermissions('write', GITHUB)), 20, 17],
    ['the restricted default', printed(defaultPermissions('read', GITHUB)), 3, 0],
    ['an empty block', printed(declaredPermissions(block(null), GITHUB)), 1, 0],
  ])('%s: %j', (_, lines, all, writes) => {
    expect(lines).toHaveLength(all);
    expect(lines.filter((line) => line.endsWith(': write'))).toHaveLength(writes);
    expect(lines).toContain('Metadata: read');
    expect([...lines].sort()).toEqual(lines);
  });

  test('the restricted default, word for word', () => {
    expect(printed(defaultPermissions('read', GITHUB))).toEqual(['Contents: read', 'Metadata: read', 'Packages: read']);
  });

  test('each name is the YAML name, its words beginning with a capital', () => {
    for (const { name, logName } of PERMISSION_TABLE) {
      const pascal = name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
      expect(logName).toBe(name === 'id-token' ? null : pascal);
    }
  });
});

describe('laws between the columns', () => {
  const rank = (level: AccessLevel) => ['none', 'read', 'write'].indexOf(level);
  const writable = PERMISSION_TABLE.filter(({ levels }) => levels.length > 0);

  test.each(writable.map((facts) => [facts.name, facts] as const))('%s', (name, facts) => {
    const { levels, readAll, writeAll, defaultRead, defaultWrite, reducedWrite } = facts;
    expect(levels).toContain('none');
    // `*-all` gives the highest level that there is, up to what it asks.
    expect(writeAll).toBe(levels.includes('write') ? 'write' : 'read');
    expect(readAll).toBe(levels.includes('read') || name === 'id-token' ? 'read' : 'none');
    // The permissive default is `write-all` without `id-token`.
    expect(defaultWrite).toBe(name === 'id-token' ? 'none' : writeAll);
    expect(rank(defaultRead)).toBeLessThanOrEqual(rank(defaultWrite));
    expect(rank(defaultRead)).toBeLessThanOrEqual(rank(readAll));
    // A reduction never leaves a write, and takes nothing away that can be read.
    expect(reducedWrite).toBe(levels.includes('read') ? 'read' : 'none');
  });

  test('only contents and packages are in the restricted default', () => {
    expect(defaultPermissions('read', GITHUB)).toEqual({ contents: 'read', packages: 'read' });
  });

  test('a called workflow may ask for the default, and inside the trust boundary for id-token too', () => {
    const withToken = { ...defaultPermissions('write', GITHUB), 'id-token': 'write' };
    expect(mostACalleeMayAsk('write', false, GITHUB)).toEqual(defaultPermissions('write', GITHUB));
    expect(mostACalleeMayAsk('write', true, GITHUB)).toEqual(withToken);
    expect(mostACalleeMayAsk('read', true, GITHUB)).toEqual(defaultPermissions('read', GITHUB));
    expect(mostACalleeMayAsk('read', false, GITHUB)).toEqual(defaultPermissions('read', GITHUB));
  });
});
