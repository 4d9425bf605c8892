import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';

import type { Permissions } from '../../src/model/permission.ts';
import type { Advice, Finding, Report } from '../../src/model/report.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { displayWidth } from '../../src/report/text/terminal-width.ts';
import { textReport } from '../../src/report/text/text.ts';
import { call, job, reportOf, workflow } from '../calls/report-of.ts';
import { tried } from '../helpers/property.ts';
import { hostileName } from './hostile.ts';
import { GITHUB_SYNTAX, rendered } from './rendered.ts';
import { commandsIn } from './runner-commands.ts';
import { finding, report, workflow as reported } from './sample.ts';

const WIDTHS = [40, 120];
const BLOCK: Permissions = { checks: 'write', contents: 'read', 'pull-requests': 'write' };

/** A call whose called workflow asks for two permissions that its caller does not have. */
const refused = (): Promise<Report> =>
  reportOf({
    'ci.yml': workflow('push', '{contents: read}', job('build'), call('deploy', 'deploy.yml')),
    'deploy.yml': workflow(
      'workflow_call',
      undefined,
      job('ship', '{checks: write, pull-requests: write}'),
      job('tell'),
    ),
  });

function text(given: Report, width: number, color = false): string {
  return textReport(given, { width, color });
}

function words(given: string): string {
  return given.replaceAll(/\s+/g, ' ');
}

/** The block in a text, from its key to the last line that stands deeper. */
function blockIn(given: string): { readonly lines: readonly string[]; readonly indent: number } {
  const all = given.split('\n');
  const start = all.findIndex((line) => line.trim() === 'permissions:');
  const indent = all[start]?.search(/\S/) ?? 0;
  const length = all.slice(start + 1).findIndex((line) => line.search(/\S/) <= indent);
  return { lines: all.slice(start, start + 1 + length), indent };
}

describe.each(WIDTHS)('the text of %d columns for a call that is refused', (width) => {
  test('has the block, which YAML reads as it is', async () => {
    const { lines } = blockIn(text(await refused(), width));
    expect(parse(lines.join('\n'))).toEqual({ permissions: BLOCK });
  });

  test('has the block only once, in one column and deeper than what stands around it', async () => {
    const shown = text(await refused(), width);
    expect(shown.match(/^ *permissions:$/gm)).toHaveLength(1);
    const { lines, indent } = blockIn(shown);
    expect(lines.slice(1).map((line) => line.search(/\S/))).toEqual([indent + 2, indent + 2, indent + 2]);
    expect(/^ *(?=- Write)/m.exec(shown)?.[0].length).toBeLessThan(indent);
  });

  test('says where to write it, behind GitHub’s sentence', async () => {
    const shown = words(text(await refused(), width));
    const [sentence, place, block] = [
      "The nested job 'ship' is requesting 'checks: write, pull-requests: write', but is only allowed 'checks: none, pull-requests: none'.",
      "- Write this block at the job 'deploy', which calls",
      'permissions: checks: write contents: read pull-requests: write',
    ].map((part) => shown.indexOf(part));
    expect(sentence).toBeGreaterThan(0);
    expect(place).toBeGreaterThan(sentence ?? 0);
    expect(block).toBeGreaterThan(place ?? 0);
    expect(shown.slice(place, block).replaceAll(' ', '')).toContain('(.github/workflows/ci.yml:8)');
  });

  test('has the other ways behind the block, each with its place', async () => {
    const shown = text(await refused(), width);
    const ways = words(shown.slice(shown.search(/^ +pull-requests: write$/m)))
      .split(' - ')
      .slice(1, 4);
    expect(ways.map((way) => /^Or \w+/.exec(way)?.[0])).toEqual(['Or lower', 'Or remove', 'Or move']);
    for (const way of ways) expect(way.replaceAll(' ', '')).toMatch(/\(\.github\/workflows\/deploy\.yml:\d+\)/);
  });

  test('keeps to the width', async () => {
    for (const line of text(await refused(), width).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
  });
});

describe('the job summary for a call that is refused', () => {
  const itemOf = (given: Report): string => /<li>.*deploy.*?<\/li>\n<\/ul>/s.exec(markdownReport(given))?.[0] ?? '';

  test('has the block in a <pre>, which YAML reads as it is', async () => {
    const blocks = [...itemOf(await refused()).matchAll(/<pre>(.*?)<\/pre>/gs)].map(([, block = '']) => block);
    expect(blocks).toHaveLength(2);
    expect(parse(blocks[0] ?? '')).toEqual({ permissions: BLOCK });
    // The entry that would accept it.
    expect(parse(rendered(blocks[1] ?? '').names[0] ?? '')).toEqual([
      {
        rule: 'startup-failure',
        workflows: 'ci.yml',
        jobs: 'deploy',
        permissions: ['checks', 'pull-requests'],
        reason: '…',
      },
    ]);
  });

  test('keeps the line ends of the block on the page', async () => {
    const page = rendered(markdownReport(await refused()));
    expect(page.words).toContain('permissions:\n  checks: write\n  contents: read\n  pull-requests: write');
  });

  test('says where to write it', async () => {
    const { names } = rendered(itemOf(await refused()).split('<pre>')[0] ?? '');
    expect(names.at(-1)).toBe('.github/workflows/ci.yml:8');
  });

  test('has the other ways folded', async () => {
    const item = itemOf(await refused());
    const [open = '', folded = ''] = item.split('<details><summary>Other ways</summary>');
    expect(open).not.toMatch(/Or (?:lower|remove|move)/);
    expect(folded.split('</details>')[0]?.match(/<li>Or (?:lower|remove|move)/g)).toHaveLength(3);
  });

  test('folds nothing when there is one way', () => {
    const advice = [{ text: 'Write this block.', path: 'a.yml', line: 1, permissions: {} }];
    const shown = markdownReport(withFindings([finding({ advice })]));
    expect(shown).toContain('<pre>permissions: {}</pre>');
    expect(shown).not.toContain('Other ways');
  });
});

describe('the same block for many callers', () => {
  const callers = (...blocks: string[]): Promise<Report> =>
    reportOf({
      'ci.yml': workflow('push', undefined, ...blocks.map((block, index) => call(`use-${index}`, 'deploy.yml', block))),
      'deploy.yml': workflow('workflow_call', undefined, job('ship', '{checks: write}'), job('tell')),
    });

  test('stands there once, with all the places', async () => {
    const given = await callers('{}', '{}', '{contents: read}', '{}');
    const shown = words(text(given, 120));
    expect(shown.match(/ permissions: checks: write/g)).toHaveLength(2);
    expect(shown).toContain(
      '(.github/workflows/ci.yml:3) The same at ci.yml:6, ci.yml:12. permissions: checks: write - Write',
    );
    const page = rendered(markdownReport(given));
    expect(page.words.match(/permissions:\n {2}checks: write/g)).toHaveLength(2);
    expect(page.words).toContain('The same at');
    expect(page.names.join(' ')).toContain('ci.yml:12');
  });

  test('not when something else is said of them', async () => {
    const report = await reportOf({
      'ci.yml': workflow('push', '{}', call('a', 'deploy.yml')),
      // Its own callers must give more, too.
      'mid.yml': workflow('[push, workflow_call]', '{}', call('b', 'deploy.yml')),
      'nightly.yml': workflow('schedule', '{}', call('c', 'deploy.yml')),
      'deploy.yml': workflow('workflow_call', undefined, job('ship', '{checks: write}'), job('tell')),
    });
    expect(words(text(report, 120)).match(/ permissions: checks: write/g)).toHaveLength(2);
  });
});

function withFindings(findings: readonly Finding[]): Report {
  return report([reported('a.yml', [], { outcome: 'startup_failure' })], { findings });
}

/** A refused call with these names in all of its sentences, places and ways. */
function refusedCall(id: string, path: string, reference: string): Report {
  const advice: readonly Advice[] = [
    { text: `Write this block at the job '${id}', which calls '${reference}'.`, path, line: 8, permissions: BLOCK },
    {
      text: `Or lower \`checks: write\` to \`checks: none\` in this block: the job '${id}' then gets less.`,
      path,
      line: 9,
    },
    { text: `Or remove this block: the jobs '${id}', '${id}' then get the block of their workflow.`, path, line: 9 },
  ];
  const message = `Error calling workflow '${reference}'. The nested job '${id}' is requesting 'checks: write', but is only allowed 'checks: none'.`;
  return withFindings([finding({ rule: 'startup-failure', message, path, advice })]);
}

describe('strangers’ names in what to write', () => {
  const names = fc.tuple(hostileName, hostileName, hostileName);

  test('bring the text no control character, no colour, no workflow command, and keep the width', () => {
    fc.assert(
      fc.property(names, fc.constantFrom(...WIDTHS), ([id, path, reference], width) => {
        const plain = text(refusedCall(id, path, reference), width);
        // eslint-disable-next-line no-control-regex
        expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(commandsIn(plain)).toEqual([]);
        // Taking a command apart may need a column more.
        for (const line of plain.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width + 4);
        const coloured = text(refusedCall(id, path, reference), width, true);
        expect(commandsIn(coloured)).toEqual([]);
        // eslint-disable-next-line no-control-regex
        expect(coloured.replaceAll(/\u001b\[(?:0|1|2|1;3[136])m/g, '')).not.toContain('\u001b');
      }),
      tried(100),
    );
  });

  test('leave the block in the text as it is', () => {
    fc.assert(
      fc.property(names, ([id, path, reference]) => {
        const shown = text(refusedCall(id, path, reference), 120);
        expect(shown).toMatch(
          /^( +)permissions:\n\1 {2}checks: write\n\1 {2}contents: read\n\1 {2}pull-requests: write\n/m,
        );
      }),
      tried(50),
    );
  });

  test('make no element in the summary that is not there with harmless names, and no link or mention', () => {
    const harmless = rendered(markdownReport(refusedCall('name1', 'name2', 'name3')));
    fc.assert(
      fc.property(names, ([id, path, reference]) => {
        const shown = markdownReport(refusedCall(id, path, reference));
        const page = rendered(shown);
        expect(page.tags).toEqual(harmless.tags);
        for (const syntax of GITHUB_SYNTAX) expect(page.words).not.toMatch(syntax);
        expect(commandsIn(shown)).toEqual([]);
      }),
      tried(150),
    );
  });
});
