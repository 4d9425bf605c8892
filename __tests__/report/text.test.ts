import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { Report } from '../../src/model/report.ts';
import { annotations } from '../../src/report/annotations.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import { displayWidth } from '../../src/report/text/terminal-width.ts';
import { textReport, textSections } from '../../src/report/text/text.ts';
import { workflowCommand } from '../../src/report/workflow-command.ts';
import { tried } from '../helpers/property.ts';
import { hostileReport } from './hostile.ts';
import { commandsIn } from './runner-commands.ts';
import { blockJob, defaultJob, finding, job, permissions, PATH, report, richReport, workflow } from './sample.ts';

function text(given: Report, width = 80): string {
  return textReport(given, { width, color: false });
}

function lines(given: Report, width = 80): readonly string[] {
  return text(given, width).split('\n');
}

const READ = permissions({ read: 'contents' });

describe('the first line', () => {
  test('says how much was computed', () => {
    const given = report([workflow(PATH, [blockJob('build', READ, 7), blockJob('test', READ, 12)])]);
    expect(lines(given)[0]).toBe('1 workflow, 2 jobs computed.');
  });

  test('says how much could not be, and why', () => {
    expect(lines(richReport(), 120)[0]).toBe(
      '2 workflows, 10 jobs computed. Not computed: 1 workflow that GitHub refuses and 1 workflow that calls one that was not',
    );
  });

  test('says so when there is no workflow file', () => {
    expect(lines(report([]))[0]).toBe('No workflow files were found in .github/workflows: nothing was computed.');
  });

  test('is in the colour of an error when nothing was computed', () => {
    const invalid = report([workflow(PATH, [], { outcome: 'invalid' })]);
    const first = textReport(invalid, { width: 80, color: true });
    expect(first.startsWith('\u001b[1;31m0 workflows, 0 jobs computed. Not computed')).toBe(true);
  });
});

describe('the verdict', () => {
  test('counts the jobs that can write', () => {
    const write = blockJob('publish', permissions({ write: 'contents' }), 20);
    expect(lines(report([workflow(PATH, [defaultJob('build'), write])]))[2]).toBe(
      "2 jobs can write, 1 of them only if the repository's default is write.",
    );
  });

  test('says when none can', () => {
    const one = blockJob('build', READ, 7);
    expect(lines(report([workflow(PATH, [one])]))[2]).toBe('This job cannot write.');
    expect(lines(report([workflow(PATH, [one, one])]))[2]).toBe('None of these jobs can write.');
  });
});

describe('the callers that do not give what a file asks for', () => {
  const calledBy = (count: number) => {
    const unmetBy = Array.from({ length: count }, (_, index) => ({ path: `c${index}.yml`, job: ['use', 'deep'] }));
    const contract = { permissions: permissions({ write: 'contents' }), complete: true, unmetBy };
    return text(report([workflow(PATH, [], { events: ['workflow_call'], contract })]), 120);
  };

  test('have a line each while they are few', () => {
    expect(calledBy(5).match(/^ +not given by c\d\.yml, job use \/ deep$/gm)).toHaveLength(5);
  });

  test('are one paragraph when they are many', () => {
    const shown = calledBy(6).replaceAll(/\s+/g, ' ');
    expect(shown.match(/not given by/g)).toHaveLength(1);
    expect(shown).toContain('not given by 6 jobs: c0.yml, job use / deep; c1.yml, job use / deep;');
  });
});

describe('a block for a workflow', () => {
  const write = blockJob('publish', permissions({ write: 'contents id-token', read: 'actions' }), 30);

  test('begins with the jobs that can write, and with what they can write', () => {
    const given = report([workflow(PATH, [blockJob('build', READ, 7), write], { name: 'CI' })]);
    expect(text(given)).toContain(
      [
        '.github/workflows/ci.yml  CI',
        'on push',
        '  publish   write  contents, id-token',
        '            read   actions  (job block, line 30)',
        '  build     read   contents  (job block, line 7)',
      ].join('\n'),
    );
  });

  test('stands before those of workflows that cannot write', () => {
    const given = report([
      workflow('.github/workflows/a.yml', [blockJob('build', READ, 7)]),
      workflow('.github/workflows/b.yml', [write]),
    ]);
    expect(text(given).indexOf('b.yml')).toBeLessThan(text(given).indexOf('a.yml'));
  });

  test('has one entry for jobs with the same token, with all their ids', () => {
    const ids = Array.from({ length: 40 }, (_, index) => `test-${index}`);
    const given = report([
      workflow(
        PATH,
        ids.map((id, index) => blockJob(id, READ, 10 + index)),
      ),
    ]);
    const shown = text(given);
    expect(shown).toContain('  40 jobs: test-0, test-1,');
    for (const id of ids) expect(shown).toContain(id);
    expect(shown.match(/contents/g)).toHaveLength(1);
    expect(shown).toContain('(job blocks, 40 of them, lines 10 to 49)');
  });

  test('says that GitHub refuses an invalid file, with its sentence, the place and what to write', () => {
    const shown = text(richReport());
    expect(shown).toContain(
      [
        'error    .github/workflows/bad.yml:4:14  unexpected-value',
        "         Unexpected value 'none'",
        '         Write `permissions: {}` for no permissions.',
      ].join('\n'),
    );
    expect(shown).toContain('  not valid, so no job runs (1 problem above)');
  });

  test('tells a problem once that is a finding as well', () => {
    const { path, line, column, message } = finding();
    const problem = { code: 'unexpected-value', path, line, column, message } as const;
    const given = report([workflow(PATH, [], { outcome: 'invalid', problems: [problem] })], { findings: [finding()] });
    expect(text(given).split(message)).toHaveLength(2);
  });

  test('says what a job passes on to a called workflow that was not read', () => {
    expect(text(richReport(), 100)).toContain(
      [
        'calls  octo-org/shared/.github/workflows/deploy.yml@v1, which was not read',
        '                       gives  id-token: write, contents: read',
      ].join('\n'),
    );
  });

  test('names a called workflow once for all jobs that call it', () => {
    const calls = ['a', 'b', 'c'].map((id) => job(id, [], { uses: './.github/workflows/called.yml' }));
    const shown = text(report([workflow(PATH, calls, { outcome: 'unresolved' })]));
    expect(shown).toContain('  a, b, c   calls  ./.github/workflows/called.yml, which was not read\n');
  });

  test('says who decides in a file that is only called', () => {
    const given = report([workflow(PATH, [job('build', [])], { events: ['workflow_call'] })]);
    expect(text(given)).toContain('  build            gets what the calling workflow gives');
  });
});

describe('a job that the default decides about, when it is not known', () => {
  test('takes two lines, and the long list stands once for all', () => {
    const paths = ['a', 'b', 'c'].map((name) => `.github/workflows/${name}.yml`);
    const shown = text(report(paths.map((path) => workflow(path, [defaultJob('build')]))));
    expect(shown).toContain(
      [
        '  build     write  17 permissions (below) if the default is write',
        '            read   contents, packages if it is read',
      ].join('\n'),
    );
    expect(shown.match(/security-events/g)).toHaveLength(1);
    expect(shown.replaceAll(/\s+/g, ' ')).toContain('Set --default-permissions to make it known.');
  });
});

describe('on any width', () => {
  test.each([40, 60, 80, 120])('%d columns hold all lines, and entries are aligned', (width) => {
    const all = lines(richReport(), width);
    for (const line of all) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    const labels = all.flatMap(
      (line) => /^( .*?)(?:write|read|but|calls|gives|none) {2,}/.exec(line)?.[1]?.length ?? [],
    );
    // One column for the jobs, another for the list of the default at the end.
    expect(new Set(labels).size).toBe(2);
  });

  test('the rule of a finding stands below its place where there is no room beside it', () => {
    const path = '.github/workflows/a-rather-long-name.yml';
    const problem = { code: 'unexpected-value', path, line: 1, column: 1, message: 'No.' } as const;
    const given = report([workflow(path, [], { outcome: 'invalid', problems: [problem] })]);
    const shown = (width: number) => lines(given, width).filter((line) => /1:1|unexpected-value/.test(line));
    expect(shown(80)).toEqual([`error    ${path}:1:1  unexpected-value`]);
    expect(shown(60)).toEqual([`error    ${path}:1:1`, '         unexpected-value']);
    expect(lines(given, 40)).toContain('  unexpected-value');
  });

  test('nothing is lost on a narrow one', () => {
    const words = (width: number) => new Set(text(richReport(), width).split(/[\s,]+/));
    for (const id of ['test-windows-latest', 'publish-test-report', 'repository-projects'])
      expect(words(40)).toContain(id);
  });
});

describe('strangers\u2019 names', () => {
  test('bring no control character, no colour and no workflow command, and keep the width', () => {
    fc.assert(
      fc.property(hostileReport, fc.constantFrom(40, 80, 120), (given, width) => {
        const plain = text(given, width);
        // eslint-disable-next-line no-control-regex
        expect(plain).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(commandsIn(plain)).toEqual([]);
        // Taking a command apart may need a column more.
        for (const line of plain.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width + 4);
        const coloured = textReport(given, { width, color: true });
        expect(commandsIn(coloured)).toEqual([]);
        // eslint-disable-next-line no-control-regex
        expect(coloured.replaceAll(/\u001b\[(?:0|1|2|1;3[136])m/g, '')).not.toContain('\u001b');
      }),
      tried(100),
    );
  });

  test('change no line but their own', () => {
    const given = report([
      workflow(PATH, [blockJob('build', READ, 7)], { name: 'CI\n\n9 workflows, 9 jobs computed.' }),
    ]);
    expect(lines(given).filter((line) => line.endsWith('computed.'))).toHaveLength(2);
    expect(text(given)).toContain('.github/workflows/ci.yml  CI 9 workflows, 9 jobs computed.');
  });
});

test.each([' ', "'", '`', '"', '_', '\u0301', '\n', ' \t', '漢', '\u202e', ':', '##[', '/', '@', "'a "])(
  'a very long name of %j takes little time',
  (part) => {
    const name = `é${part.repeat(200_000)}§`;
    const jobs = [blockJob('build', READ, 7)];
    const problem = { code: 'unexpected-value', path: name, line: 1, column: 1, message: name, hint: name } as const;
    const given = report([
      workflow(PATH, jobs, { name }),
      workflow(name, [], { outcome: 'invalid', problems: [problem] }),
    ]);
    // What takes time in proportion to the square of the length takes hours.
    expect(text(given)).not.toBe('');
    expect(markdownReport(given)).not.toBe('');
    annotations(given).forEach(workflowCommand);
  },
  60_000,
);

test('five thousand jobs are shown within the time of a test', () => {
  const jobs = Array.from({ length: 5000 }, (_, index) => blockJob(`job-${index}`, READ, index));
  expect(text(report([workflow(PATH, jobs)]))).toContain('5,000 jobs');
});

test('comes in pieces of whole lines, one for each workflow at least', () => {
  const given = richReport();
  const pieces = [...textSections(given, { width: 80, color: true })];
  expect(pieces.length).toBeGreaterThan(given.workflows.length);
  expect(pieces.filter((piece) => !piece.endsWith('\n'))).toEqual([]);
  expect(pieces.slice(1).filter((piece) => !/^\n[^\n]/.test(piece))).toEqual([]);
});
