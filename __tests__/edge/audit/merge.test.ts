import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { AuditPlan } from '../../../src/model/audit-plan.ts';
import type { AuditLine } from '../../../src/model/audit.ts';
import { PATH, workflow } from '../../helpers/checking.ts';
import { auditOf, linesOf, TOOL } from '../../helpers/organization.ts';
import { tried } from '../../helpers/property.ts';
import { run } from '../command-line-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const LAST = '.github/workflows/last.yml';
const call = `on: push\njobs:\n  call:\n    uses: octo-org/shared/${LAST}@v1\n`;

const LINES = await linesOf(
  {
    'octo-org/shared': { [LAST]: workflow('workflow_call', '{contents: read}') },
    'octo-org/a': { [PATH]: workflow('push') },
    'Octo-Org/B': { [PATH]: workflow('[push, issue_comment]', 'write-all') },
    'octo-org/c': { [PATH]: call },
    'octo-org/empty': {},
  },
  {},
  { whatIf: { setting: 'default-permissions', value: 'read' } },
);
const NOT_READ: AuditLine = {
  schemaVersion: 1,
  tool: TOOL,
  result: 'error',
  error: { message: 'GitHub answers 403.' },
  audit: auditOf('octo-org/secret', 'not-read'),
};
const ALL = [...LINES, NOT_READ];

function textOf(lines: readonly AuditLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Writes each list of lines to a file of its own, and returns the paths. */
function filesOf(...parts: readonly (readonly AuditLine[])[]): readonly string[] {
  const folder = temporaryFolder(Object.fromEntries(parts.map((part, index) => [`${index}.jsonl`, textOf(part)])));
  return parts.map((_, index) => path.join(folder, `${index}.jsonl`));
}

const FORMATS = [
  ...['text', 'jsonl', 'markdown'].map((format) => ['--format', format]),
  ...['permissions', 'repositories', 'findings', 'calls', 'changes'].map((table) => [
    '--format',
    'csv',
    '--table',
    table,
  ]),
];

describe('audit merge gives the same bytes', () => {
  const previous = filesOf(LINES.slice(1))[0]!;
  const options = ['--previous', previous, '--what-if', `contract=octo-org/shared/${LAST}: {packages: write}`];
  const printed = async (files: readonly string[], format: readonly string[]) =>
    run(['audit', 'merge', ...files, ...format, ...options]);

  test.each(FORMATS)('for any split, any order and shards that ran twice: %s %s %s %s', async (...format) => {
    const whole = await printed(
      filesOf(ALL),
      format.filter((word) => typeof word === 'string'),
    );
    expect([whole.status, whole.error]).toEqual([2, '']);
    expect(whole.text).not.toBe('');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.shuffledSubarray(ALL), { maxLength: 3 }),
        fc.shuffledSubarray(ALL, { minLength: ALL.length }),
        fc.nat(ALL.length),
        async (parts, rest, cut) => {
          const files = filesOf(...parts, rest.slice(0, cut), rest.slice(cut));
          expect(
            await printed(
              files,
              format.filter((word) => typeof word === 'string'),
            ),
          ).toEqual(whole);
        },
      ),
      tried(6),
    );
  });

  test('when it is merged again', async () => {
    const { text } = await run(['audit', 'merge', ...filesOf(ALL.slice(0, 2), ALL.slice(2)), '--format', 'jsonl']);
    const file = path.join(temporaryFolder({ 'merged.jsonl': text }), 'merged.jsonl');
    expect((await run(['audit', 'merge', file, '--format', 'jsonl'])).text).toBe(text);
    expect(text.split('\n').filter((line) => line !== '')).toHaveLength(ALL.length);
    const { text: since } = await run(['audit', 'merge', file, '--previous', file]);
    expect(since).toContain('No job gets anything else, and no finding came or went.');
  });

  test('when lines of one repository differ: a report comes before an error, else one is taken and named', async () => {
    const [line] = LINES;
    const other = { ...line, permissionsTable: '2020-01-01' } as AuditLine;
    const failed: AuditLine = { ...NOT_READ, audit: line!.audit };
    const forward = await run(['audit', 'merge', ...filesOf([failed, line!], [other]), '--format', 'jsonl']);
    const backward = await run(['audit', 'merge', ...filesOf([other], [line!, failed]), '--format', 'jsonl']);
    expect(backward).toEqual(forward);
    expect([textOf([line!]), textOf([other])]).toContain(forward.text);
    expect(forward.error).toBe(`${line!.audit.repository}: Several lines of it differ. One of them is taken.\n`);
  });

  test('and takes lines as they are, sorted by name whatever its case', async () => {
    const { text } = await run(['audit', 'merge', ...filesOf(ALL.toReversed()), '--format', 'jsonl']);
    const names = ['octo-org/a', 'Octo-Org/B', 'octo-org/c', 'octo-org/empty', 'octo-org/secret', 'octo-org/shared'];
    expect(text).toBe(textOf(names.map((name) => ALL.find(({ audit }) => audit.repository === name)!)));
  });
});

describe('what is not there', () => {
  const planFor = (repositories: AuditPlan['repositories']): string => {
    const plan: AuditPlan = {
      ...{ schemaVersion: 1, tool: TOOL, owner: 'octo-org', shards: 2, repositories },
      skipped: [{ repository: 'octo-org/old', why: 'archived' }],
    };
    return path.join(temporaryFolder({ 'plan.json': JSON.stringify(plan) }), 'plan.json');
  };
  const planned = LINES.map(({ audit }, index) => ({ ...audit, shard: (index % 2) + 1 }));

  test('is lost where the plan has it: shown in every format, and the status is 2', async () => {
    const kept = LINES.filter((_, index) => index % 2 === 0);
    const [file] = filesOf(kept);
    const plan = planFor(planned);
    for (const format of FORMATS.filter((one) => !['findings', 'calls', 'changes'].includes(one.at(-1)!))) {
      const { status, text } = await run(['audit', 'merge', file!, '--plan', plan, ...format]);
      expect(status).toBe(2);
      expect(text).toContain('octo-org/a');
      expect(text).toMatch(/\blost\b/);
      expect(text).not.toMatch(/octo-org\/a,,read/);
    }
    const { text } = await run(['audit', 'merge', file!, '--plan', plan]);
    expect(text).toContain('2 repositories are lost');
    expect(text).toContain('Shard 2 gave no result for it.');
    expect(text).toContain('1 archived one');
  });

  test('is found when its shard is run again', async () => {
    const plan = planFor(planned);
    const lost = await run(['audit', 'merge', ...filesOf(LINES.slice(1)), '--plan', plan, '--format', 'jsonl']);
    const file = path.join(temporaryFolder({ 'lost.jsonl': lost.text }), 'lost.jsonl');
    const whole = await run([
      'audit',
      'merge',
      file,
      ...filesOf(LINES.slice(0, 1)),
      '--plan',
      plan,
      '--format',
      'jsonl',
    ]);
    const all = await run(['audit', 'merge', ...filesOf(LINES), '--format', 'jsonl']);
    expect([lost.status, whole.text, whole.status]).toEqual([2, all.text, all.status]);
  });

  test('counts as not there when its line is cut off, and only at the end of a file', async () => {
    const text = textOf(LINES);
    const folder = temporaryFolder({
      'cut.jsonl': text.slice(0, -40),
      'unended.jsonl': text.slice(0, -1),
      'broken.jsonl': `${text.slice(0, 300)}\n${textOf(LINES)}`,
    });
    const file = (name: string) => path.join(folder, name);
    const cut = await run(['audit', 'merge', file('cut.jsonl'), '--format', 'jsonl']);
    expect(cut.error).toBe(`${file('cut.jsonl')}:${LINES.length}: The last line is cut off. It counts as not there.\n`);
    expect(cut.text.split('\n')).toHaveLength(LINES.length);
    const unended = await run(['audit', 'merge', file('unended.jsonl'), '--format', 'jsonl']);
    expect(unended.text.split('\n')).toHaveLength(LINES.length + 1);
    const broken = await run(['audit', 'merge', file('broken.jsonl')]);
    expect([broken.status, broken.text]).toEqual([2, '']);
    expect(broken.error).toContain(`${file('broken.jsonl')}:1: This line is no JSON`);
  });
});

describe('what is no line of an audit is refused with its place', () => {
  test.each([
    ['[]', 'This line is no JSON object.'],
    ['{"schemaVersion":2,"audit":{}}', 'This line has the schema version 2'],
    ['{"schemaVersion":1,"workflows":[]}', 'This line does not say which repository it is of.'],
    ['{"schemaVersion":1,"audit":{"repository":"a/b","branch":null}}', 'neither a report nor an error'],
    [
      '{"schemaVersion":1,"audit":{"repository":"a/b","branch":null},"workflows":[],"findings":[],"suppressed":[]}',
      'This is no whole report of an audit',
    ],
  ])('%s', async (line, message) => {
    const folder = temporaryFolder({ 'x.jsonl': `${textOf(LINES.slice(0, 2))}${line}\n` });
    const file = path.join(folder, 'x.jsonl');
    const { status, error } = await run(['audit', 'merge', file]);
    expect(status).toBe(2);
    expect(error).toContain(`${file}:3: `);
    expect(error).toContain(message);
    expect(error).not.toContain('mistake');
  });

  test.each([
    [['merge'], 'audit merge needs files'],
    [['merge', 'nowhere.jsonl'], 'There is no file "nowhere.jsonl".'],
    [['merge', '.', '--plan', 'nowhere.json'], 'There is no plan "nowhere.json". audit plan OWNER writes one'],
    [['mrege', 'a.jsonl'], 'Did you mean merge?'],
    [['merge', 'x', '--what-if', 'contract=a'], '--what-if contract takes a workflow file'],
    [
      ['merge', 'x', '--what-if', `contract=a/b/${LAST}: {package: write}`],
      '"package" is no permission. Did you mean packages?',
    ],
    [['merge', 'x', '--what-if', `contract=a/b/${LAST}: {packages: admin}`], 'packages is read or write'],
    [['merge', 'x', '--what-if', 'default-permissions=no'], 'takes read or write'],
    [['merge', 'x', '--format', 'json'], '--format takes text, jsonl, markdown, csv or html'],
  ])('audit %j', async (args, message) => {
    const { status, error } = await run(['audit', ...args]);
    expect([status, error.includes(message) ? message : error]).toEqual([2, message]);
  });
});

describe('the status is the worst of all', () => {
  const [shared, a] = LINES;
  const failing = { ...a, result: 'fail' } as AuditLine;
  test.each([
    [[shared!], 0],
    [[shared!, failing], 1],
    [[shared!, failing, NOT_READ], 2],
  ])('%#', async (lines, status) => {
    expect((await run(['audit', 'merge', ...filesOf(lines)])).status).toBe(status);
  });
});

describe('what is written', () => {
  test('goes to a file, and is said', async () => {
    const folder = temporaryFolder();
    const output = path.join(folder, 'deep/report.md');
    const [file] = filesOf(ALL);
    const { text, error } = await run(['audit', 'merge', file!, '--format', 'markdown', '--output', output]);
    expect([text, error]).toEqual(['', `Wrote ${output.replaceAll(path.sep, '/')}.\n`]);
    expect(readFileSync(output, 'utf8')).toBe((await run(['audit', 'merge', file!, '--format', 'markdown'])).text);
  });

  test('is read from all .jsonl files of a folder', async () => {
    const folder = temporaryFolder({
      'shard-1/a.jsonl': textOf(ALL.slice(0, 2)),
      'shard-2/b.jsonl': textOf(ALL.slice(2)),
    });
    mkdirSync(path.join(folder, 'none'));
    writeFileSync(path.join(folder, 'plan.json'), '{}');
    expect(await run(['audit', 'merge', folder])).toEqual(await run(['audit', 'merge', ...filesOf(ALL)]));
    expect((await run(['audit', 'merge', path.join(folder, 'none')])).error).toContain('has no .jsonl file');
  });

  test('are patches, one a repository, and none for names that are no repository', async () => {
    const patch = '--- a/x\n+++ b/x\n';
    const withPatch = (repository: string): AuditLine => {
      const line = LINES.find(({ audit }) => audit.repository === 'octo-org/a')!;
      const report = line as Extract<AuditLine, { workflows: unknown }>;
      return { ...report, fixes: [{ path: 'x', patch }], audit: { ...line.audit, repository } };
    };
    const folder = path.join(temporaryFolder(), 'patches');
    const files = filesOf([withPatch('octo-org/a'), withPatch('../../evil')]);
    const { error } = await run(['audit', 'merge', ...files, '--patches', folder]);
    expect(error).toBe(`Wrote 1 patch to ${folder}.\n`);
    expect(readFileSync(path.join(folder, 'octo-org/a.patch'), 'utf8')).toBe(patch);
  });
});
