import { describe, expect, test } from '@jest/globals';

import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { textReport } from '../../src/report/text/text.ts';
import type { Report } from '../../src/model/report.ts';
import { reportOf } from '../helpers/checking.ts';
import { briefly, foundBy, judgementOf, policyFile } from '../helpers/judging.ts';

const A = '.github/workflows/a.yml';
const B = '.github/workflows/b.yml';
const call = (name: string, reference: string) => `  ${name}:\n    permissions: {}\n    uses: ${reference}\n`;
const V1 = 'octo/else/.github/workflows/x.yml@v1';
const V2 = 'octo/else/.github/workflows/x.yml@v2';

describe('a called file that nobody read', () => {
  test('is one finding, however many jobs call it', () => {
    const texts = {
      [A]: `on: push\njobs:\n${call('one', V1)}${call('two', V1.replace('octo/', 'Octo/'))}${call('other', V2)}`,
      [B]: `on: push\njobs:\n${call('three', V1)}`,
    };
    const found = foundBy('unresolved-call', texts);
    expect(found.map(briefly)).toEqual(['a.yml:5:11 one two three', 'a.yml:11:11 other']);
    expect(found.map(({ level }) => level)).toEqual(['note', 'note']);
  });

  test('below a called file of this repository stands there', () => {
    const texts = {
      [A]: `on: push\njobs:\n  call:\n    permissions: {}\n    uses: ./${B}\n`,
      [B]: `on: workflow_call\njobs:\n${call('nested', V1)}`,
    };
    expect(foundBy('unresolved-call', texts).map(briefly)).toEqual(['b.yml:5:11 call/nested nested']);
  });

  test('has an identity that stays when lines move, and that tells refs apart', () => {
    const ids = (text: string) => foundBy('unresolved-call', { [A]: text }).map(({ id }) => id);
    const jobs = `jobs:\n${call('one', V1)}`;
    expect(ids(`\n\non: push\n${jobs}`)).toEqual(ids(`on: push\n${jobs}`));
    expect(ids(`on: push\n${jobs}`)).not.toEqual(ids(`on: push\njobs:\n${call('one', V2)}`));
  });
});

describe('people are told', () => {
  const texts = { [A]: `on: push\njobs:\n${call('one', V1)}` };
  const occurrences = (text: string) => text.split('not read').length - 1;
  const outputs = (report: Report) =>
    [textReport(report, { width: 100, color: false }), markdownReport(report)].map(occurrences);

  test('once, as what is not known, and not at the line', () => {
    const report = reportOf(texts);
    const without = { ...report, findings: [] };
    expect(outputs(report)).toEqual(outputs(without));
    expect(textReport(report, { width: 100, color: false })).toContain('unresolved-call');
    expect(annotations(report)).toEqual([]);
  });

  test('as of any finding, where the policy makes more of it', () => {
    const policy = [policyFile({ rules: new Map([['unresolved-call', { level: 'error', inProportion: true }]]) })];
    const report = { ...reportOf(texts), findings: judgementOf(texts, { policy }).findings };
    expect(annotations(report).map(({ level, line }) => [level, line])).toEqual([['error', 5]]);
    expect(textReport(report, { width: 100, color: false })).not.toContain('What the jobs of 1 called workflow get');
  });
});
