import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import type { OrganizationFacts } from '../../src/organization/facts.ts';
import { unpack } from '../../src/organization/packed.ts';
import { temporaryFolder } from '../edge/temporary-folder.ts';
import { runCommandLine } from './run-bundle.ts';

const WORKFLOW = 'on: push\npermissions: { contents: write }\njobs: { build: { runs-on: x, steps: [{ run: make }] } }\n';

test('audit merge --format html writes one file with all facts in it', async () => {
  const folder = temporaryFolder({
    'all/octo/app/.github/workflows/ci.yml': WORKFLOW,
    'all/octo/lib/.github/workflows/</script>.yml': WORKFLOW,
  });
  const checked = await runCommandLine(['check', '--all', path.join(folder, 'all'), '--offline', '--format', 'jsonl']);
  const [lines, page] = [path.join(folder, 'all.jsonl'), path.join(folder, 'audit.html')];
  writeFileSync(lines, checked.stdout);
  const written = await runCommandLine(['audit', 'merge', lines, '--format', 'html', '--output', page]);
  expect(written).toEqual({ status: 0, stdout: '', stderr: `Wrote ${page}.\n` });
  const html = readFileSync(page, 'utf8');
  const [, json = ''] = /<script type="application\/json" id="facts">([^<]*)<\/script>/.exec(html) ?? [];
  const { repositories } = unpack(JSON.parse(json)) as OrganizationFacts;
  expect(repositories.map(({ repository }) => repository)).toEqual(['octo/app', 'octo/lib']);
  const printed = await runCommandLine(['audit', 'merge', lines, '--format', 'html']);
  expect(printed.stdout).toBe(html);
});
