import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { readPolicy } from '../../src/policy/read-policy.ts';
import { policyText } from '../helpers/policies.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

/** Yaml blocks with the text block that may follow each of them: what is wrong with it. */
const EXAMPLE = /^```yaml\n(.*?)^```$(?:\n\n```text\n(.*?)^```$)?/gms;

/** The date of the table moves on, and the document need not. */
const ANY_DATE = [/(those|table) of \d{4}-\d\d-\d\d/g, '$1 of DATE'] as const;

function problemsOf(text: string): string {
  const result = readPolicy(policyText(text, 'policy.yml'), { platform: { kind: 'github.com' } });
  const problems = 'problems' in result ? result.problems : [];
  return problems
    .map(
      ({ line, column, message, hint }) =>
        `line ${line}, column ${column}: ${[message, hint].filter(Boolean).join(' ')}\n`,
    )
    .join('')
    .replaceAll(...ANY_DATE);
}

const all = [...read('docs/policy.md').matchAll(EXAMPLE)].map(([, yaml = '', problems = '']) => ({
  yaml,
  problems: problems.replaceAll(...ANY_DATE),
}));
const isWorkflow = ({ yaml }: { readonly yaml: string }) => yaml.startsWith('# .github/workflows/');

describe('docs/policy.md', () => {
  const policies = all.filter((example) => !isWorkflow(example)).map((example, index) => [index + 1, example] as const);

  test.each(policies)('example %d gives what it says', (_, { yaml, problems }) => {
    expect(problemsOf(yaml)).toBe(problems);
  });

  test('has no block that is not tested', () => {
    expect(read('docs/policy.md').match(/^```./gm)).toHaveLength(
      all.length + all.filter(({ problems }) => problems !== '').length,
    );
    expect(policies.length).toBeGreaterThan(14);
  });

  test('ignore comments in its workflows are read as comments with rules and a reason', () => {
    const comments = all.filter(isWorkflow).flatMap(({ yaml }) => readWorkflow(yaml).workflow.ignoreComments);
    expect(comments.map(({ rules, reason, firstLine, lastLine }) => [rules, reason, firstLine, lastLine])).toEqual([
      [['over-limit', 'write-to-unpinned-action'], 'approved by the security team', 5, 8],
      [['undocumented-permission'], "the job's name says it", 8, 8],
    ]);
  });
});

test.each(readdirSync(new URL('docs/policies', root)))('docs/policies/%s is a policy', (name) => {
  expect(problemsOf(read(`docs/policies/${name}`))).toBe('');
});

describe('docs/for-security-teams.md', () => {
  const blocks = [...read('docs/for-security-teams.md').matchAll(/^```yaml\n(.*?)^```$/gms)].map(
    ([, yaml = '']) => yaml,
  );

  test.each(blocks.filter((yaml) => yaml.startsWith('# policy\n')))('has a policy: %s', (yaml) => {
    expect(problemsOf(yaml)).toBe('');
  });

  test('has a workflow with nothing to find, and no other block', () => {
    const [workflow = '', ...others] = blocks.filter((yaml) => !yaml.startsWith('# policy\n'));
    expect(others).toEqual([]);
    const { problems, workflow: parsed } = readWorkflow(workflow);
    expect([problems, parsed.jobs.length]).toEqual([[], 1]);
  });
});
