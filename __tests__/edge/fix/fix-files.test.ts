import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';

import { check } from '../../../src/check.ts';
import { checkFiles } from '../../../src/check-files.ts';
import { fixFiles } from '../../../src/edge/fix/fix-files.ts';
import type { FixedFiles } from '../../../src/edge/fix/fix-files.ts';
import type { CommandLineValues } from '../../../src/edge/command-line/option-table.ts';
import { readWorkflowFiles } from '../../../src/edge/files/workflow-files.ts';
import type { Permissions } from '../../../src/model/permission.ts';
import { readFiles } from '../../../src/workflow/read-files.ts';
import { byId, withSuggestions } from '../../fix/suggesting.ts';
import { UNKNOWN } from '../../helpers/checking.ts';
import { schemaErrors } from '../../schema/validate.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const OPTIONS = { toolVersion: '1.0.0', failOn: 'error' } as const;
const CI = '.github/workflows/ci.yml';
const TEXT = 'on: push\npermissions: write-all # \u202e\t.\njobs:\n  build:\n    runs-on: x\n';
const FIXED = TEXT.replace(' write-all # \u202e\t.\n', ' # \u202e\t.\n  contents: read # actions/checkout\n');

/** What comes of the files of a folder. */
async function fixed(
  folder: string,
  values: CommandLineValues,
  suggested: Readonly<Record<string, Permissions>>,
  isTerminal = false,
): Promise<FixedFiles> {
  const sources = readWorkflowFiles(folder);
  const suggest = byId(suggested);
  const users = { contents: ['actions/checkout'] };
  return fixFiles(
    {
      folder,
      sources,
      files: readFiles(sources),
      report: withSuggestions(check(sources, UNKNOWN, OPTIONS), suggest, users),
      recheck: async (files) =>
        withSuggestions(
          await checkFiles(files, UNKNOWN, OPTIONS, () => Promise.reject(new Error('no'))),
          suggest,
          users,
        ),
    },
    values,
    isTerminal,
  );
}

function textIn(folder: string): string {
  return readFileSync(path.join(folder, CI), 'utf8');
}

describe('--fix', () => {
  test('writes the changes, says which, and reports what is there then', async () => {
    const folder = temporaryFolder({ [CI]: TEXT });
    const { report, patch, diagnostics } = await fixed(folder, { fix: true }, { build: { contents: 'read' } });
    expect(textIn(folder)).toBe(FIXED);
    expect([patch, diagnostics]).toEqual([null, `Changed ${CI}.\n`]);
    expect(report.workflows[0]!.jobs[0]!.declared).toEqual({ contents: 'read' });
    expect(report.fixes).toEqual([{ path: CI, patch: expect.stringContaining('+  contents: read') }]);
    expect(schemaErrors(report)).toEqual([]);
    const again = await fixed(folder, { fix: true }, { build: { contents: 'read' } });
    expect([again.report.fixes, again.diagnostics]).toEqual([[], 'There is nothing to change.\n']);
  });

  test('changes nothing that is not known, and says so', async () => {
    const folder = temporaryFolder({ [CI]: TEXT });
    const { diagnostics } = await fixed(folder, { fix: true }, {});
    expect(textIn(folder)).toBe(TEXT);
    expect(diagnostics).toBe('There is nothing to change.\n1 job keeps what it has: it is not known what it needs.\n');
  });

  test('says what was not changed, and why', async () => {
    const folder = temporaryFolder({ [CI]: 'on: push\njobs:\n  build: { runs-on: x }\n' });
    const { diagnostics } = await fixed(folder, { fix: true }, { build: { nonsense: 'read' } });
    expect(diagnostics).toMatch(/^\.github\/workflows\/ci\.yml:2: Not changed\. With it, .*\nNothing is changed\.\n$/);
  });
});

describe('--diff', () => {
  const patch = `--- a/${CI}\n+++ b/${CI}\n@@ -1,5 +1,6 @@\n on: push\n-permissions: write-all # \u202e\t.\n+permissions: # \u202e\t.\n+  contents: read # actions/checkout\n jobs:\n   build:\n     runs-on: x\n`;

  test('prints the patch and writes nothing', async () => {
    const folder = temporaryFolder({ [CI]: TEXT });
    const shown = await fixed(folder, { diff: true }, { build: { contents: 'read' } });
    expect(textIn(folder)).toBe(TEXT);
    expect([shown.patch, shown.diagnostics]).toEqual([patch, '']);
    expect(shown.report.workflows[0]!.jobs[0]!.declared).not.toEqual({ contents: 'read' });
  });

  test('escapes for a terminal what it would obey', async () => {
    const folder = temporaryFolder({ [CI]: TEXT });
    const shown = await fixed(folder, { diff: true }, { build: { contents: 'read' } }, true);
    expect(shown.patch).toBe(patch.replaceAll('\u202e', '\\u{202e}'));
  });

  test('puts the patch into the JSON as it is', async () => {
    const folder = temporaryFolder({ [CI]: TEXT });
    const shown = await fixed(folder, { diff: true, format: 'json' }, { build: { contents: 'read' } }, true);
    expect([shown.patch, shown.report.fixes]).toEqual([null, [{ path: CI, patch }]]);
  });
});
