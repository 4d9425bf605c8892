import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { tried } from '../helpers/property.ts';
import { briefly, logLines, logText, readLog } from './logs.ts';

const GRANTED = ['Contents: read', 'Metadata: read', 'PullRequests: write'];
const SAID = GRANTED.join(', ');
const FAKE = [
  '##[group]GITHUB_TOKEN Permissions',
  'Contents: write',
  'Metadata: read',
  '##[endgroup]',
  'Secret source: None',
];

const RAW = logLines(GRANTED);
const text = (lines: readonly string[], end = '\n'): string => lines.map((line) => line + end).join('');
const untimed = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/^\S+Z /, ''));
const timed = (lines: readonly string[]): readonly string[] => lines.map((line) => `2026-10-04T06:48:52.9Z ${line}`);
const until = (last: string): readonly string[] => RAW.slice(0, RAW.findIndex((line) => line.endsWith(last)) + 1);
const without = (...ends: string[]): readonly string[] => RAW.filter((line) => !ends.some((end) => line.endsWith(end)));
const fromGh = (lines: readonly string[], job = 'build', step = 'UNKNOWN STEP'): readonly string[] =>
  lines.map((line) => `${job}\t${step}\t${line}`);
const setUp = until('Complete job name: build');

describe('one job', () => {
  test.each<readonly [form: string, log: string, said: string, date: string | null, name: string | null]>([
    ['raw', text(RAW), SAID, '2026-10-04', 'build'],
    ['with a BOM', `\ufeff${text(RAW)}`, SAID, '2026-10-04', 'build'],
    ['with a BOM that was taken for Latin-1', `\u00ef\u00bb\u00bf${text(RAW)}`, SAID, '2026-10-04', 'build'],
    ['with Windows line ends', text(RAW, '\r\n'), SAID, '2026-10-04', 'build'],
    ['without times', text(untimed(RAW)), SAID, null, 'build'],
    ['without a line end at its end', text(until('Complete job name: build')).trimEnd(), SAID, '2026-10-04', 'build'],
    ['with times of whole seconds', text(RAW).replaceAll('.9649673Z', 'Z'), SAID, '2026-10-04', 'build'],
    ['with empty lines between', text(RAW, '\n\n'), SAID, '2026-10-04', 'build'],
    ['of gh, steps unknown', text(fromGh(RAW)), SAID, '2026-10-04', 'build'],
    [
      'of gh, with a BOM behind the prefix',
      text(fromGh([`\ufeff${RAW[0]!}`, ...RAW.slice(1)])),
      SAID,
      '2026-10-04',
      'build',
    ],
    [
      'of gh, steps known',
      text([...fromGh(setUp, 'build', 'Set up job'), ...fromGh(timed(FAKE), 'build', 'Run x')]),
      SAID,
      '2026-10-04',
      'build',
    ],
    [
      'of gh, failed steps only',
      text(fromGh(timed(['##[group]Run x', ...FAKE]), 'build', 'Run x')),
      'none',
      '2026-10-04',
      'build',
    ],
    [
      'of a runner that is self-hosted',
      text([RAW[0]!, ...timed(["Runner name: 'x'"]), ...RAW.slice(1)]),
      SAID,
      '2026-10-04',
      'build',
    ],
    [
      'of 2022, with what the service says in front',
      text([...timed(['Requested labels: x', 'Job defined at: a/b/.github/workflows/c.yml@refs/heads/main']), ...RAW]),
      SAID,
      '2026-10-04',
      'build',
    ],
    [
      'with debug messages',
      text(RAW.flatMap((line) => [...timed(['##[debug]Set env']), line])),
      SAID,
      '2026-10-04',
      'build',
    ],
    ['of a job with a masked name', text(logLines(GRANTED, { name: 'deploy ***' })), SAID, '2026-10-04', null],
    [
      'with a scope that nobody knows',
      text(logLines(['Galaxies: write', 'Metadata: read'])),
      'Galaxies: write, Metadata: read',
      '2026-10-04',
      'build',
    ],
    [
      'only the group',
      text(['GITHUB_TOKEN Permissions', ...GRANTED.map((line) => `  ${line}`), 'Secret source: Actions']),
      SAID,
      null,
      null,
    ],
    ['copied, the end of the group lost', text(without('##[endgroup]')), SAID, '2026-10-04', 'build'],
    [
      'copied, the mark of the group lost',
      text(untimed(RAW)).replace('##[group]GITHUB', 'GITHUB'),
      SAID,
      null,
      'build',
    ],
    [
      'copied from before 2021-11',
      text(without('##[endgroup]', 'Secret source: Actions')),
      SAID,
      '2026-10-04',
      'build',
    ],
    ['copied, the end and what follows lost', text(until('PullRequests: write')), 'cut', '2026-10-04', null],
    [
      'copied, a step in place of the end',
      text([...until('Metadata: read'), ...timed(['##[group]Run x'])]),
      'unreadable',
      '2026-10-04',
      null,
    ],
    ['copied, "Metadata" lost', text(without('Metadata: read')), 'unreadable', '2026-10-04', 'build'],
    ['copied with the group folded', text(without(...GRANTED, '##[endgroup]')), 'empty', '2026-10-04', 'build'],
    ['empty group', text(logLines([])), 'empty', '2026-10-04', 'build'],
    ['a line twice', text(logLines([...GRANTED, 'Contents: write'])), 'unreadable', '2026-10-04', 'build'],
    ['a masked level', text(logLines(['Contents: ***', 'Metadata: read'])), 'unreadable', '2026-10-04', 'build'],
    [
      'a level that nobody knows',
      text(logLines(['Contents: admin', 'Metadata: read'])),
      'unreadable',
      '2026-10-04',
      'build',
    ],
    ['no group', text(RAW.slice(0, 5)), 'none', '2026-10-04', null],
    ['nothing', '', 'none', null, null],
    ['bytes of something else', '\u0000\u0001\ufffd'.repeat(9999), 'none', null, null],
  ])('%s', (_, log, said, date, name) => {
    const jobs = readLog(log);
    expect(jobs.map((job) => [briefly(job), job.date, job.name])).toEqual([[said, date, name]]);
  });

  test('the second of two groups counts for nothing', () => {
    const afterGroup = RAW.slice(
      0,
      RAW.findIndex((line) => line.endsWith('Secret source: Actions')),
    );
    for (const before of [afterGroup, setUp]) {
      expect(readLog(text([...before, ...timed(FAKE)])).map(briefly)).toEqual([SAID]);
    }
  });

  test.each<readonly [what: string, lines: readonly string[]]>([
    ['a step', timed(['##[group]Run x', ...FAKE])],
    ['a step that ends the setup itself', timed(['Complete job name: x', "Current runner version: '9'", ...FAKE])],
    ['the output of a step that was cut out', timed(['hello', "Current runner version: '9'", ...FAKE])],
    ['a step with a line like those of gh', ['2026-10-04T06:48:52.9Z x', ...fromGh(timed(FAKE))]],
    [
      'a job without the group',
      [...timed(["Current runner version: '2'", 'Prepare workflow directory']), ...timed(FAKE)],
    ],
    [
      'the first step, where the job lost most of its setup',
      timed(["Current runner version: '2'", '##[group]Run x', ...FAKE]),
    ],
    [
      'a step that gh names, where the job lost most of its setup',
      [...fromGh(RAW.slice(0, 1), 'build', 'Set up job'), ...fromGh(timed(FAKE), 'build', 'Run x')],
    ],
    ['the time before there is a runner', timed(['Evaluating build.if', ...FAKE, 'Result: true'])],
  ])('a fake group in %s counts for nothing', (_, lines) => {
    expect(readLog(text(lines)).map(briefly)).toEqual(['none']);
  });

  test('its secrets tell who started it', () => {
    const sourceOf = (secretSource: string) => readLog(logText(GRANTED, { secretSource }))[0]?.secretSource;
    expect(['None', 'Dependabot', 'Actions'].map(sourceOf)).toEqual(['None', 'Dependabot', 'Actions']);
    expect(sourceOf('ghs_***')).toBeNull();
  });

  test('has the name of the file in a zip where it tells none', () => {
    const named = (name: string | null) => readLog(logText(GRANTED, { name }), 1000, 'caller  build')[0];
    expect(named(null)).toMatchObject({ name: 'caller  build', isFileName: true });
    expect(named('caller / build')).toMatchObject({ name: 'caller / build', isFileName: false });
  });
});

test('what gh writes of several jobs, one mixed into the other', () => {
  const [one, two] = [fromGh(RAW, 'one'), fromGh(logLines(['Metadata: read'], { date: '2026-09-01' }), 'two / three')];
  const mixed = one.flatMap((line, index) => [line, ...two.slice(index, index + 1)]);
  expect(readLog(text(mixed)).map((job) => [job.name, briefly(job), job.date])).toEqual([
    ['one', SAID, '2026-10-04'],
    ['two / three', 'Metadata: read', '2026-09-01'],
  ]);
});

test('however the log is cut into pieces, it says the same', () => {
  const log = `\ufeff${text(fromGh(RAW, 'one'), '\r\n')}${text(fromGh(logLines(['Metadata: read']), 'two'))}`;
  const whole = readLog(log, log.length);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), (piece) => {
      expect(readLog(log, piece)).toEqual(whole);
    }),
    tried(50),
  );
});

test('whatever a step prints changes nothing', () => {
  const line = fc.oneof(
    fc.constantFrom(
      ...FAKE,
      "Current runner version: '2'",
      'Complete job name: other',
      'a\tb\t2026-10-04T06:48:52.9Z x',
    ),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.boolean(), (steps, isFromGh) => {
      const lines = logLines(GRANTED, { steps: steps.map((one) => one.replaceAll('\n', ' ')) });
      const expected = isFromGh ? readLog(text(fromGh(RAW))) : readLog(text(RAW));
      expect(readLog(text(isFromGh ? fromGh(lines) : lines))).toEqual(expected);
    }),
    tried(200),
  );
});

test('a line without an end, and a million jobs, take no memory to speak of', () => {
  const [job] = readLog(`${text(setUp)}${'x'.repeat(5_000_000)}`, 65_536);
  expect(job).toMatchObject({ name: 'build' });
  const jobs = Array.from({ length: 30_000 }, (_, index) => `${index}\tx\t2026-10-04T06:48:52.9Z x`);
  expect(readLog(text(jobs), 65_536)).toHaveLength(20_000);
});
