import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { judgementOf } from '../helpers/judging.ts';

/** Pages with workflows to copy. */
const PAGES = [
  'README.md',
  'docs/integrations.md',
  'docs/observe.md',
  'docs/organizations.md',
  'docs/required-check.md',
  'docs/sarif.md',
  'docs/shared-workflow.md',
];

function workflowsOf(page: string): readonly string[] {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^( *)```yaml\n(.*?)^\1```$/gms)]
    .map(([, indent = '', block = '']) => block.replaceAll(new RegExp(`^${indent}`, 'gm'), ''))
    .filter((block) => /^jobs:/m.test(block) && /^on:/m.test(block));
}

/** Our own workflows, which some of them call. */
const CALLED = ['.github/workflows/audit.yml', '.github/workflows/check.yml'];

/** Whoever copies one puts a full commit in place of these. */
function isToFillIn({ rule }: Finding): boolean {
  return rule === 'write-to-unpinned-action';
}

describe.each(PAGES)('the workflows to copy from %s', (page) => {
  const workflows = workflowsOf(page);

  test('are there', () => expect(workflows.length).toBeGreaterThan(0));

  test.each(workflows)('have nothing to find', (text) => {
    const own = CALLED.filter((file) => text.includes(`/${file}@COMMIT`));
    const files = {
      '.github/workflows/copied.yml': text.replace(/[\w.-]+\/[\w.-]+\/(\.github\/workflows\/\S+)@COMMIT/g, './$1'),
      ...Object.fromEntries(own.map((file) => [file, readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')])),
    };
    const { findings } = judgementOf(files, { needsOf: 'real', default: 'read', visibility: 'private' });
    expect(findings.filter((finding) => !isToFillIn(finding)).map(({ message }) => message)).toEqual([]);
  });
});

test('the weekly look of the README is that of its page', () => {
  const [weekly] = workflowsOf('docs/observe.md');
  expect(workflowsOf('README.md')).toContain(weekly);
});
