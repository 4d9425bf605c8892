import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';

interface Script {
  readonly releaseNotes: (changelog: string, tag: string, version: string) => string;
}

const FILE = new URL('../../scripts/release-notes.mjs', import.meta.url);
const { releaseNotes } = (await import(FILE.href)) as Script;

const CHANGELOG = `# Changelog

## [Unreleased]

## [1.3.0] - 2026-12-01

### May fail a check that passed

- A wrong result.

### Added

- A rule, [described](docs/rules/one.md) and [elsewhere](https://example.com/x).

## [1.2.3] - 2026-11-01

### Added

- Something.
`;

describe('the notes of a release', () => {
  test('are the part of the changelog about it, and its links lead into the tag', () => {
    expect(releaseNotes(CHANGELOG, 'v1.3.0', '1.3.0')).toBe(`### May fail a check that passed

- A wrong result.

### Added

- A rule, [described](../../blob/v1.3.0/docs/rules/one.md) and [elsewhere](https://example.com/x).
`);
  });

  test.each([
    ['another version', CHANGELOG, 'v1.2.3', 'The tag is v1.2.3, and package.json has the version 1.3.0.'],
    [
      'no part',
      CHANGELOG.replace('[1.3.0]', '[1.3.1]'),
      'v1.3.0',
      'CHANGELOG.md has no part "## [1.3.0] - YYYY-MM-DD".',
    ],
    ['no date', CHANGELOG.replace(' - 2026-12-01', ''), 'v1.3.0', 'begins with "## [1.3.0]", not with'],
    ['nothing in it', '## [1.3.0] - 2026-12-01\n\n## [1.2.3] - 2026-11-01\n- x\n', 'v1.3.0', 'about 1.3.0 is empty.'],
    ['something left', CHANGELOG.replace('[Unreleased]', '[Unreleased]\n\n- x'), 'v1.3.0', 'under "## [Unreleased]"'],
    [
      'what may fail a check below other things',
      CHANGELOG.replace('### May fail', '### Fixed\n\n- y\n\n### May fail'),
      'v1.3.0',
      '"### May fail a check that passed" has to stand first',
    ],
  ])('are refused: %s', (_, changelog, tag, message) => {
    expect(() => releaseNotes(changelog, tag, '1.3.0')).toThrow(message);
  });

  test('are printed by the script, which fails with one line', () => {
    const wrong = spawnSync(process.execPath, [fileURLToPath(FILE), 'v0.0.0'], { encoding: 'utf8' });
    expect([wrong.status, wrong.stdout]).toEqual([1, '']);
    expect(wrong.stderr).toMatch(/^The tag is v0\.0\.0, and package\.json has the version \d+\.\d+\.\d+\.\n$/);
    // A file that nobody runs prints nothing.
    expect(execFileSync(process.execPath, ['-e', `import(${JSON.stringify(FILE.href)})`], { encoding: 'utf8' })).toBe(
      '',
    );
  });
});
