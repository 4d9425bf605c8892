import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { ruleFacts, rulePage } from '../../src/policy/rule-table.ts';
import type { RuleName } from '../../src/policy/rule-table.ts';
import { RULE_CHECKS } from '../../src/policy/rules.ts';
import { exampleFindings, findingBlocks } from './example-findings.ts';
import { examplesIn } from './examples-in.ts';

const HEADINGS = ['Why', 'Wrong', 'Right', 'What to do', 'Exceptions'];

const ROOT = new URL('../../', import.meta.url);

const pages = readdirSync(new URL('docs/rules/', ROOT))
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.replace(/\.md$/, '') as RuleName);

/** Those that judge by a policy itself are no rules that look at workflows. */
const ABOUT_POLICY: readonly RuleName[] = ['unused-exception', 'unused-limit', 'unexplained-ignore'];

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** The blocks of a text: what one finding says, on one line. */
function blocksOf(text: string): readonly string[] {
  return text.trim().split(/\n\n+/).map(oneLine);
}

test('every rule has a page', () => {
  expect(pages).toEqual(expect.arrayContaining([...RULE_CHECKS.map(({ name }) => name), ...ABOUT_POLICY]));
});

/**
 * Examples of these are changes of a file, which `__tests__/dist/gate.test.ts` makes in real repositories, or runs, which
 * `__tests__/edge/observe.test.ts` has.
 */
const ABOUT_MORE: readonly RuleName[] = ['gate-changed', 'never-starts', 'differs-from-run'];

describe.each(pages)('docs/rules/%s.md', (name) => {
  const page = readFileSync(new URL(rulePage(name), ROOT), 'utf8');
  const facts = ruleFacts(name);
  const examples = ABOUT_MORE.includes(name) ? [] : examplesIn(page);
  const under = (heading: string) => examples.filter((example) => example.heading === heading);

  test('begins with what the rule says and its level', () => {
    const level = `Default level: **${facts?.level ?? ''}**${facts?.inProportion === true ? ', in proportion' : ''}.`;
    expect(oneLine(page).startsWith(`# ${name} ${facts?.says ?? ''} ${level} ## Why `)).toBe(true);
  });

  test('says why, what is wrong, what is right and what to do', () => {
    expect([...page.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual(HEADINGS);
    expect(oneLine(page)).toContain(oneLine(facts?.why ?? ''));
  });

  test('has examples of both', () => {
    if (ABOUT_MORE.includes(name)) return;
    expect(under('Wrong').length).toBeGreaterThan(0);
    expect(under('Right').length).toBeGreaterThan(0);
    expect(under('Wrong').filter(({ expected }) => expected.trim() === 'no finding')).toEqual([]);
    expect(under('Right').filter(({ expected }) => expected.trim() !== 'no finding')).toEqual([]);
  });

  const judged = examples.map((example, index) => [index + 1, example.heading, example] as const);

  if (judged.length > 0) {
    test.each(judged)('example %d, %s', async (_, __, example) => {
      const found = findingBlocks(await exampleFindings(example, name));
      expect(blocksOf(example.expected)).toEqual(blocksOf(found));
    });
  }
});
