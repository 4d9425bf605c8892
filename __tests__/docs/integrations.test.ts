import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

import matchers from '../../problem-matcher.json' with { type: 'json' };
import policySchema from '../../policy.schema.json' with { type: 'json' };
import reportSchema from '../../report.schema.json' with { type: 'json' };
import verifySchema from '../../verify.schema.json' with { type: 'json' };
import { readWorkflowFiles } from '../../src/edge/files/workflow-files.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { report as reportFor } from '../../src/check-files.ts';
import { textReport } from '../../src/report/text/text.ts';
import { finding, report } from '../report/sample.ts';
import { settingsOf } from '../helpers/checking.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const textOf = (name: string): string => readFileSync(path.join(ROOT, name), 'utf8');

describe('the problem matcher', () => {
  interface Pattern {
    readonly regexp: string;
    readonly [group: string]: string | number | undefined;
  }

  /** What the runner makes of a text: each pattern is of one line, one after the other. */
  function matched(text: string) {
    const lines = text.split('\n');
    return matchers.problemMatcher.flatMap(({ pattern, severity }) => {
      const [first, second] = pattern as unknown as readonly [Pattern, Pattern];
      return lines.flatMap((line, index) => {
        const head = new RegExp(first.regexp).exec(line);
        const message = new RegExp(second.regexp).exec(lines[index + 1] ?? '');
        if (head === null || message === null) return [];
        const group = (name: string): string | undefined => head[Number(first[name])];
        return [
          {
            severity: severity ?? group('severity'),
            place: `${group('file')}:${group('line')}:${group('column')}`,
            code: group('code'),
            message: message[1],
          },
        ];
      });
    });
  }

  const findings = [
    finding({ level: 'error', line: 1, rule: 'unknown-permission', message: "Unexpected value 'a'" }),
    finding({ level: 'warning', line: 2, rule: 'excessive-permission', message: 'The block gives too much.' }),
    finding({
      level: 'note',
      line: 3,
      rule: 'other-credentials',
      path: '.github/workflows/a b.yml',
      message: 'A token.',
    }),
  ];

  test.each([80, 120])('finds each finding in a text of width %d, and nothing else', (width) => {
    expect(matched(textReport(report([], { findings }), { width, color: false }))).toEqual([
      {
        severity: 'error',
        place: '.github/workflows/ci.yml:1:14',
        code: 'unknown-permission',
        message: "Unexpected value 'a'",
      },
      {
        severity: 'warning',
        place: '.github/workflows/ci.yml:2:14',
        code: 'excessive-permission',
        message: 'The block gives too much.',
      },
      { severity: 'notice', place: '.github/workflows/a b.yml:3:14', code: 'other-credentials', message: 'A token.' },
    ]);
  });

  test('finds one whose rule has no room on its line', () => {
    const long = `.github/workflows/${'x'.repeat(40)}.yml`;
    const text = textReport(report([], { findings: [finding({ path: long })] }), { width: 80, color: false });
    expect(matched(text)).toMatchObject([{ place: `${long}:4:14`, code: undefined }]);
  });
});

describe('the schemas', () => {
  test('say who they are, as the page does', () => {
    const page = textOf('docs/integrations.md');
    for (const [schema, file] of [
      [policySchema, 'policy.schema.json'],
      [reportSchema, 'report.schema.json'],
      [verifySchema, 'verify.schema.json'],
    ] as const) {
      expect(schema.$id).toBe(`https://unpkg.com/effective-permissions/${file}`);
      expect(page).toMatch(new RegExp(`\\[${file}\\].*\`${schema.$id}\``));
    }
    expect(page).toContain(`"url": "${policySchema.$id}"`);
  });
});

describe('the workflow to call', () => {
  const page = textOf('docs/shared-workflow.md');
  const { on: events, jobs } = parse(textOf('.github/workflows/check.yml'));

  test('asks of its callers what the page says, and has nothing to find', () => {
    const sources = readWorkflowFiles(ROOT).filter((source) => source.path === '.github/workflows/check.yml');
    const options = { toolVersion: '1.0.0', failOn: 'note' } as const;
    const computed = reportFor(readFiles(sources), new Map(), settingsOf({ default: 'read' }), options);
    expect(computed.findings).toEqual([]);
    const [, least] = /```text\n(.*?)\n```/s.exec(page) ?? [];
    expect(textReport(computed, { width: 100, color: false })).toContain(`  ${least}\n`);
    expect(least).toBe('a caller must give at least contents: read');
  });

  test('has the inputs that the page lists, and hands them all to the action', () => {
    const inputs = Object.entries<{ description: string; default: string }>(events.workflow_call.inputs);
    const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (.*?) +\| (.*?) *\|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(
      inputs.map(([name, input]) => [name, input.description, input.default === '' ? '' : `\`${input.default}\``]),
    );
    const step = jobs.check.steps.at(-1);
    expect(step.with).toEqual(Object.fromEntries(inputs.map(([name]) => [name, `\${{ inputs.${name} }}`])));
    const action = parse(textOf('action.yml'));
    for (const [name] of inputs) expect(Object.keys(action.inputs)).toContain(name);
  });

  test('runs the commit that its caller has pinned', () => {
    const [, own] = jobs.check.steps;
    expect(own.with).toMatchObject({
      repository: '${{ job.workflow_repository }}',
      ref: '${{ job.workflow_sha }}',
      'persist-credentials': false,
    });
    expect(jobs.check.steps.at(-1).uses).toBe(`./${own.with.path}`);
  });
});
