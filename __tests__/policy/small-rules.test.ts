import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { bytesOf, reportOf, settingsOf } from '../helpers/checking.ts';
import { briefly, foundBy, judgementWithCalls } from '../helpers/judging.ts';
import { TWO_JOBS, judged } from './judging.ts';

const A = '.github/workflows/a.yml';
const steps = '    runs-on: x\n    steps:\n      - run: make\n';
const told = ({ message, hint }: Finding) => [message, hint];

describe('undocumented-permission', () => {
  const found = (block: string) =>
    foundBy('undocumented-permission', `on: push\npermissions:${block}\njobs:\n  a:\n${steps}`);
  const say = (line: string) =>
    `Say it in a comment beside the line or above it, such as \`${line} # for the step that …\`.`;

  test.each<readonly [string, string, string, string]>([
    ['one line', '\n  contents: read', '`contents: read` is', 'contents: read'],
    ['two lines', '\n  contents: read\n  issues: write', '`contents: read` and `issues: write` are', 'contents: read'],
    ['a shorthand', ' write-all', '`permissions: write-all` is', 'permissions: write-all'],
  ])('%s', (_, block, what, line) => {
    expect(found(block).map(told)).toEqual([[`Nothing says why ${what} needed.`, say(line)]]);
  });

  test('what it is about', () => {
    expect(found(' write-all')[0]?.subjects).toMatchObject([
      { workflow: '.github/workflows/ci.yml', about: 'write-all' },
    ]);
    expect(found('\n  issues: write')[0]?.subjects).toMatchObject([{ permission: 'issues', granted: 'write' }]);
  });

  test('nothing in a file that GitHub refuses', () => {
    expect(
      foundBy('undocumented-permission', `on: push\npermissions: read-all\njobs:\n  a:\n${steps}foo: 1\n`),
    ).toEqual([]);
  });

  test('each block of a job is one of its own', () => {
    const job = (id: string) => `  ${id}:\n    permissions:\n      contents: read\n${steps}`;
    const text = `on: push\npermissions:\n  issues: read\njobs:\n${job('a')}${job('b')}`;
    expect(foundBy('undocumented-permission', text).map(briefly)).toEqual([
      'ci.yml:3:3',
      'ci.yml:7:7 a',
      'ci.yml:13:7 b',
    ]);
  });
});

describe('unresolved-call', () => {
  const V1 = 'octo/else/.github/workflows/x.yml@v1';
  const call = (id: string) => `  ${id}:\n    permissions: {}\n    uses: ${V1}\n`;

  const found = async (kind: 'not-found' | 'unavailable', reason: string) => {
    const { findings } = await judgementWithCalls(
      [{ path: A, bytes: bytesOf(`on: push\njobs:\n${call('one')}${call('two')}`) }],
      settingsOf({}),
      () => Promise.resolve({ kind, reason }),
      [],
    );
    return findings.filter(({ rule }) => rule === 'unresolved-call').map(told);
  };

  test('what GitHub would print, and the most that the jobs can get', async () => {
    expect(await found('not-found', 'Nobody knows it')).toEqual([
      [
        `error parsing called workflow "${A}" -> "${V1}": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information. Shown is the most that the jobs 'one' and 'two' can get.`,
        'Nobody knows it. If it does not exist, GitHub prints this sentence and starts no job.',
      ],
    ]);
  });

  test('why it was not read, as a sentence', async () => {
    const message = (reason: string) =>
      `The called workflow '${V1}' was not read: ${reason} Shown is the most that the jobs 'one' and 'two' can get.`;
    expect(await found('unavailable', 'there is no network')).toEqual([[message('there is no network.'), undefined]]);
    expect(await found('unavailable', 'There was none.')).toEqual([[message('There was none.'), undefined]]);
  });
});

describe('what excuses nothing', () => {
  const of = (rule: string, given: Parameters<typeof judged>[1]) =>
    judged([], given).findings.filter((finding) => finding.rule === rule);

  test('an exception, told apart from others', () => {
    const gone = (jobs: string, more = '') => `  - { rule: over-limit, jobs: ${jobs}, reason: x${more} }\n`;
    const policies = [
      `exceptions:\n${gone('a')}${gone('b')}${gone('a')}${gone('a')}${gone('a', ', workflows: x.yml')}`,
    ];
    const findings = of('unused-exception', { policies });
    expect(findings.map(told)).toEqual(
      findings.map(() => ["The exception from 'over-limit' excuses nothing.", 'Remove it.']),
    );
    const abouts = findings.map(({ subjects }) => subjects[0]?.about ?? '');
    expect(new Set(abouts).size).toBe(5);
    expect(abouts.map((about) => /(?<= )\(\d\)$/.exec(about)?.[0])).toEqual([
      undefined,
      undefined,
      '(2)',
      '(3)',
      undefined,
    ]);
  });

  test('a comment for several rules, of which one may be off', () => {
    const text = TWO_JOBS.replace(
      '  build:',
      '  build: # effective-permissions: ignore[over-limit, undocumented-permission] for now',
    );
    const findings = of('unused-exception', { text });
    expect(findings.map(told)).toEqual([
      ["The ignore comment for 'over-limit, undocumented-permission' excuses nothing.", 'Remove it.'],
    ]);
    expect(findings[0]?.subjects).toMatchObject([{ about: 'ignore[over-limit, undocumented-permission]' }]);
  });

  test('a limit', () => {
    const limits =
      '{ jobs: gone, permissions: {} }, { workflows: gone.yml, permissions: {} }, { jobs: build, permissions: {} }';
    const findings = of('unused-limit', { policies: [`limits: [${limits}]`] });
    expect(findings.map(told)).toEqual([
      ['This limit matches no job.', 'Correct the names, or remove it.'],
      ['This limit matches no job.', 'Correct the names, or remove it.'],
    ]);
    expect(new Set(findings.map(({ id }) => id)).size).toBe(2);
    expect(findings[0]?.subjects).toMatchObject([{ workflow: 'own.yml' }]);
  });

  test('a limit where there are no jobs at all may have its use', () => {
    const limits = '{ jobs: gone, permissions: {} }';
    expect(of('unused-limit', { text: 'on: push\njobs: {}\n', policies: [`limits: [${limits}]`] })).toEqual([]);
  });

  test.each<readonly [string, string, string, string | undefined, string]>([
    [
      'a comment without a rule',
      'ignore for now',
      'This comment names no rule, so it excuses nothing.',
      'Write `# effective-permissions: ignore[RULE] REASON`.',
      'ignore[]',
    ],
    [
      'a comment without a reason',
      'ignore[over-limit, never-starts]',
      'This comment names no reason, so it excuses nothing.',
      'Write `# effective-permissions: ignore[RULE] REASON`.',
      'ignore[over-limit, never-starts]',
    ],
    [
      'a comment for a rule that is not there',
      'ignore[over-limits] for now',
      "There is no rule 'over-limits', so this comment does not excuse it.",
      'Did you mean over-limit?',
      'ignore[over-limits]',
    ],
    [
      'one for a rule that nobody can have meant',
      'ignore[xxxxxxxxxxxxxxxx] for now',
      "There is no rule 'xxxxxxxxxxxxxxxx', so this comment does not excuse it.",
      undefined,
      'ignore[xxxxxxxxxxxxxxxx]',
    ],
  ])('%s', (_, comment, message, hint, about) => {
    const text = TWO_JOBS.replace('  build:', `  build: # effective-permissions: ${comment}`);
    const findings = of('unexplained-ignore', { text });
    expect(findings.map(told)).toEqual([[message, hint]]);
    expect(findings[0]?.subjects).toMatchObject([{ about }]);
    expect('hint' in findings[0]!).toBe(hint !== undefined);
  });
});

test('a finding without a hint has none', () => {
  const { findings } = reportOf('on: push\njobs: {}\n');
  expect(findings).toMatchObject([{ rule: 'invalid-workflow' }]);
  expect('hint' in findings[0]!).toBe(false);
  expect(findings[0]?.subjects[0]).not.toHaveProperty('permission');
});
