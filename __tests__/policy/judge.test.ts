import { describe, expect, test } from '@jest/globals';

import { identityKey } from '../../src/policy/identity.ts';
import { CI, excused, found, judged, rule, subject, TWO_JOBS, violation } from './judging.ts';

const BUILD = subject('build', { permission: 'contents', granted: 'write' });
const TEST = subject('test', { permission: 'issues', granted: 'write' });
const BOTH = rule('over-limit', violation(BUILD, TEST));

function exception(more: string): string {
  return `exceptions: [{ rule: over-limit, reason: why, ${more} }]`;
}

describe('findings', () => {
  test('are one for a cause, with all that it is about', () => {
    const { findings, suppressed } = judged([rule('over-limit', violation(BUILD), violation(TEST))]);
    expect(suppressed).toEqual([]);
    expect(findings).toEqual([
      {
        id: `over-limit:a cause:${CI} build contents write,${CI} test issues write`,
        rule: 'over-limit',
        level: 'error',
        message: 'build contents, test issues',
        path: CI,
        line: 1,
        column: 1,
        job: ['build'],
        jobs: [['build'], ['test']],
        permission: 'contents',
        granted: 'write',
        permissions: [
          { permission: 'contents', granted: 'write' },
          { permission: 'issues', granted: 'write' },
        ],
        subjects: [
          { workflow: CI, job: ['build'], permission: 'contents', granted: 'write' },
          { workflow: CI, job: ['test'], permission: 'issues', granted: 'write' },
        ],
      },
    ]);
  });

  test('are several for several causes, by place and rule', () => {
    const at = (line: number, cause: string) => ({
      ...violation(subject(null)),
      cause,
      place: { path: CI, line, column: 1 },
    });
    const rules = [rule('over-limit', at(3, 'a'), at(1, 'b')), rule('missing-permissions', at(3, 'a'))];
    expect(judged(rules).findings.map(({ rule: name, line }) => [line, name])).toEqual([
      [1, 'over-limit'],
      [3, 'missing-permissions'],
      [3, 'over-limit'],
    ]);
  });

  test('of a rule that is off are none, and excuses for them are not unused', () => {
    const judgement = judged([BOTH], { policies: [`rules: { over-limit: off }\n${exception('jobs: build')}`] });
    expect(judgement).toMatchObject({ findings: [], suppressed: [], identities: [] });
  });

  test('that are guesses are warnings at most, and say so', () => {
    const guess = { ...violation(BUILD), guess: { defaultPermissions: 'write' } as const };
    const { findings } = judged([rule('over-limit', guess, { ...violation(TEST) })]);
    expect(findings.map(({ level, message, defaultPermissions }) => [level, message, defaultPermissions])).toEqual([
      ['warning', "build contents This holds only if the repository's default is 'write'.", 'write'],
      ['error', 'test issues', undefined],
    ]);
    const strict = ['rules: { write-on-untrusted-trigger: { level: error, in-proportion: false } }'];
    expect(found(judged([rule('write-on-untrusted-trigger', guess)], { policies: strict }))[0]).toMatch(/^warning/);
  });

  test('of different grades are apart', () => {
    const graded = [violation(BUILD), { ...violation(TEST), grade: 'note' as const }];
    const rules = [rule('write-on-untrusted-trigger', ...graded)];
    expect(found(judged(rules)).map((line) => line.split(' ')[0])).toEqual(['error', 'note']);
    const policies = ['rules: { write-on-untrusted-trigger: { level: warning, in-proportion: false } }'];
    expect(found(judged(rules, { policies }))).toEqual([
      'warning write-on-untrusted-trigger: build contents, test issues',
    ]);
  });
});

describe('an exception', () => {
  test('takes out what it is about, and leaves the rest', () => {
    const judgement = judged([BOTH], { policies: [exception('jobs: build')] });
    expect(found(judgement)).toEqual(['error over-limit: test issues']);
    expect(excused(judgement)).toEqual(['exception over-limit: build contents (why)']);
  });

  test.each([
    ['permissions: contents', ['test issues']],
    ['permissions: [contents, issues]', []],
    ['permissions: models', ['build contents, test issues']],
    ['workflows: ci.yml', []],
    ['workflows: other.yml', ['build contents, test issues']],
    ['called: "**"', []],
  ])('with %s leaves %j', (more, left) => {
    const messages = judged([BOTH], { policies: [exception(more)] }).findings.filter(
      ({ rule: name }) => name === 'over-limit',
    );
    expect(messages.map(({ message }) => message)).toEqual(left);
  });

  test('is about its rule alone, and about permissions only where there are some', () => {
    const other = rule('missing-permissions', violation(subject('build')));
    expect(found(judged([BOTH, other], { policies: [exception('jobs: "**"')] }))).toEqual([
      'warning missing-permissions: build',
    ]);
    const policies = ['exceptions: [{ rule: missing-permissions, permissions: contents, reason: x }]'];
    expect(found(judged([other], { policies }))).toContain('warning missing-permissions: build');
  });

  test('excuses on its last day, and not on the next', () => {
    const policies = [exception('jobs: "**", expires: 2026-11-21')];
    expect(found(judged([BOTH], { policies, today: '2026-11-21' }))).toEqual([]);
    const [late, ...others] = judged([BOTH], { policies, today: '2026-11-22' }).findings;
    expect(late).toMatchObject({ level: 'error', hint: 'The exception at own.yml:2 ended on 2026-11-21.' });
    expect(others).toEqual([]);
  });

  test('that has ended does not hide one that has not', () => {
    const policies = [
      'exceptions:\n  - { rule: over-limit, reason: old, expires: 2020-01-01 }\n  - { rule: over-limit, reason: new }',
    ];
    const judgement = judged([BOTH], { policies });
    expect(found(judgement)).toEqual([]);
    expect(excused(judgement)).toEqual(['exception over-limit: build contents, test issues (new)']);
  });

  test('that is one of several reasons gives several entries', () => {
    const policies = [
      'exceptions:\n  - { rule: over-limit, jobs: build, reason: a }\n  - { rule: over-limit, jobs: test, reason: b }',
    ];
    expect(excused(judged([BOTH], { policies }))).toEqual([
      'exception over-limit: build contents (a)',
      'exception over-limit: test issues (b)',
    ]);
  });

  test('for what can only be told as a whole excuses nothing or all', () => {
    const whole = rule('startup-failure', { ...violation(BUILD, TEST), isWhole: true });
    const policies = (jobs: string) => [`exceptions: [{ rule: startup-failure, jobs: ${jobs}, reason: why }]`];
    const part = judged([whole], { policies: policies('build') });
    expect(found(part)).toEqual(['error startup-failure: build contents, test issues']);
    expect(excused(part)).toEqual([]);
    expect(excused(judged([whole], { policies: policies('"*"') }))).toEqual([
      'exception startup-failure: build contents, test issues (why)',
    ]);
    const two = [
      'exceptions:\n  - { rule: startup-failure, jobs: build, reason: a }\n  - { rule: startup-failure, jobs: test, reason: b }',
    ];
    expect(excused(judged([whole], { policies: two }))).toHaveLength(1);
  });
});

describe('an ignore comment', () => {
  const file = (beside: string, above = '# nothing') =>
    `on: push # ${beside}\njobs:\n  ${above}\n  build:\n    runs-on: x\n  test:\n    runs-on: x\n`;
  const at = (line: number) => [{ path: CI, line, column: 3 }];
  const placed = rule('over-limit', violation({ ...BUILD, places: at(4) }, { ...TEST, places: at(6) }));
  const IGNORE = 'effective-permissions: ignore[over-limit] because';

  test('beside the place excuses all of the finding', () => {
    const judgement = judged([placed], { text: file(IGNORE) });
    expect(found(judgement)).toEqual([]);
    expect(excused(judgement)).toEqual(['ignore over-limit: build contents, test issues (because)']);
  });

  test('above a job excuses that job', () => {
    const judgement = judged([placed], { text: file('', `# ${IGNORE}`) });
    expect(found(judgement)).toEqual(['error over-limit: test issues']);
    expect(excused(judgement)).toEqual(['ignore over-limit: build contents (because)']);
  });

  test('of another file is about nothing here', () => {
    const elsewhere = { ...violation(BUILD), place: { path: 'other.yml', line: 1, column: 1 } };
    expect(found(judged([rule('over-limit', elsewhere)], { text: file(IGNORE) }))).toEqual([
      "warning unused-exception: The ignore comment for 'over-limit' excuses nothing.",
      'error over-limit: build contents',
    ]);
  });

  test('counts only once the base has it, and says so until then', () => {
    const text = file(IGNORE);
    const now = judged([placed], { text, ignoredInBase: new Set() });
    expect(now.findings).toMatchObject([
      { level: 'error', hint: `The ignore comment at ${CI}:1 counts once it is in the base branch.` },
    ]);
    expect(found(judged([placed], { text, ignoredInBase: now.ignored }))).toEqual([]);
  });

  test('in the base does not excuse what is worse than there', () => {
    const text = file(IGNORE);
    const base = judged([rule('over-limit', violation({ ...BUILD, granted: 'read' }))], { text }).ignored;
    expect(found(judged([rule('over-limit', violation(BUILD))], { text, ignoredInBase: base }))).toHaveLength(1);
  });

  test.each([
    ['ignore[over-limit]', 'This comment names no reason, so it excuses nothing.'],
    ['ignore because', 'This comment names no rule, so it excuses nothing.'],
    ['ignore[] because', 'This comment names no rule, so it excuses nothing.'],
  ])('%s is a finding itself and excuses nothing', (written, message) => {
    expect(found(judged([BOTH], { text: file(`effective-permissions: ${written}`) }))).toEqual([
      'error over-limit: build contents, test issues',
      `warning unexplained-ignore: ${message}`,
    ]);
  });

  test('of a rule that there is not says what was meant', () => {
    const { findings } = judged([], { text: file('effective-permissions: ignore[over-limits] because') });
    expect(findings).toMatchObject([
      {
        rule: 'unexplained-ignore',
        message: "There is no rule 'over-limits', so this comment does not excuse it.",
        hint: 'Did you mean over-limit?',
        line: 1,
        column: 10,
      },
    ]);
  });

  test.each(['raised-permission', 'undocumented-permission'])('of %s, which is not judged, is no finding', (name) => {
    expect(found(judged([], { text: file(`effective-permissions: ignore[${name}] because`) }))).toEqual([]);
  });
});

describe('a baseline', () => {
  test('accepts what is in it, and knows what was mended', () => {
    const { identities } = judged([BOTH]);
    const gone = { rule: 'over-limit', workflow: CI, job: 'gone', permission: 'contents', granted: 'write' };
    const judgement = judged([BOTH], { baseline: [...identities, gone] });
    expect(found(judgement)).toEqual([]);
    expect(excused(judgement)).toEqual(['baseline over-limit: build contents, test issues (It is in the baseline.)']);
    expect(judgement.mended).toEqual([gone]);
    expect(judgement.identities.map(identityKey)).toEqual(identities.map(identityKey));
  });

  test('does not accept what is new or worse', () => {
    const { identities } = judged([rule('over-limit', violation({ ...BUILD, granted: 'read' }, TEST))]);
    expect(found(judged([BOTH], { baseline: identities }))).toEqual(['error over-limit: build contents']);
  });

  test('names no line', () => {
    const moved = { ...violation(BUILD), place: { path: CI, line: 99, column: 9 } };
    const { identities } = judged([rule('over-limit', violation(BUILD))]);
    expect(found(judged([rule('over-limit', moved)], { baseline: identities }))).toEqual([]);
  });
});

describe('under a shared policy', () => {
  const ALL = exception('jobs: "**"');
  const { identities } = judged([BOTH]);
  const ignored = TWO_JOBS.replace('on: push', 'on: push # effective-permissions: ignore[over-limit] because');

  test('the repository excuses nothing that is demanded there', () => {
    for (const given of [
      { policies: [ALL, ''] },
      { policies: ['', ''], baseline: identities },
      { policies: ['', ''], text: ignored },
    ]) {
      const { findings, suppressed } = judged([BOTH], given);
      expect(findings).toMatchObject([
        { level: 'error', hint: expect.stringContaining('`may-loosen: { exceptions: true }`') },
      ]);
      expect(suppressed).toEqual([]);
    }
  });

  test('unless that one lets it', () => {
    for (const given of [
      { policies: [ALL, 'may-loosen: { exceptions: true }'] },
      { policies: ['', 'may-loosen: { exceptions: true }'], baseline: identities },
      { policies: ['', 'may-loosen: { exceptions: true }'], text: ignored },
    ]) {
      expect(found(judged([BOTH], given))).toEqual([]);
    }
  });

  test('the repository excuses what it demands beyond', () => {
    const policies = [`rules: { over-limit: error }\n${ALL}`, 'rules: { over-limit: note }'];
    expect(judged([BOTH], { policies }).findings).toMatchObject([
      { level: 'note', message: 'build contents, test issues' },
    ]);
    const off = [`rules: { over-limit: error }\n${ALL}`, 'rules: { over-limit: off }'];
    expect(found(judged([BOTH], { policies: off }))).toEqual([]);
  });

  test('exceptions of the shared policy count, and need not match', () => {
    expect(excused(judged([BOTH], { policies: ['', ALL] }))).toEqual([
      'exception over-limit: build contents, test issues (why)',
    ]);
    expect(found(judged([], { policies: ['', ALL] }))).toEqual([]);
  });

  test('one in the middle is bound by the one further up', () => {
    expect(found(judged([BOTH], { policies: ['', ALL, ''] }))).toEqual([
      'error over-limit: build contents, test issues',
    ]);
    expect(found(judged([BOTH], { policies: ['', ALL, 'may-loosen: { exceptions: true }'] }))).toEqual([]);
  });

  test('what is told as a whole is no milder than any part of it', () => {
    const whole = rule('startup-failure', { ...violation(BUILD, TEST), isWhole: true });
    const one = (jobs: string) => `exceptions: [{ rule: startup-failure, jobs: ${jobs}, reason: why }]`;
    const judgement = judged([whole], { policies: [one('build'), one('test')] });
    expect(found(judgement)).toEqual(['error startup-failure: build contents, test issues']);
    expect(excused(judgement)).toEqual([]);
  });
});

describe('what the policy has and nothing needs', () => {
  test('an exception', () => {
    const policies = [
      'exceptions:\n  - { rule: over-limit, jobs: gone, reason: x }\n  - { rule: over-limit, jobs: test, reason: x }',
    ];
    const { findings } = judged([BOTH], { policies });
    expect(findings.filter(({ rule: name }) => name !== 'over-limit')).toMatchObject([
      {
        level: 'warning',
        rule: 'unused-exception',
        path: 'own.yml',
        line: 3,
        column: 5,
        message: "The exception from 'over-limit' excuses nothing.",
      },
    ]);
  });

  test('an exception from a rule that is off, or speaks of runs alone, may have its use', () => {
    const policies = ['exceptions: [{ rule: never-starts, reason: x }, { rule: undocumented-permission, reason: x }]'];
    expect(found(judged([BOTH], { policies }))).toEqual(['error over-limit: build contents, test issues']);
  });

  test('one that has ended is used as long as it matches', () => {
    const policies = [exception('jobs: "**", expires: 2020-01-01')];
    expect(judged([BOTH], { policies }).findings.map(({ rule: name }) => name)).toEqual(['over-limit']);
  });

  test('a limit', () => {
    const policies = ['limits: [{ workflows: ci.yml, permissions: {} }, { jobs: gone, permissions: {} }]'];
    expect(judged([], { policies }).findings).toMatchObject([
      {
        level: 'warning',
        rule: 'unused-limit',
        path: 'own.yml',
        line: 2,
        column: 50,
        message: 'This limit matches no job.',
      },
    ]);
    expect(found(judged([], { policies: ['', 'limits: [{ jobs: gone, permissions: {} }]'] }))).toEqual([]);
  });

  test('is the same finding when lines move, and two are told apart', () => {
    const ids = (lines: string) => judged([], { policies: [lines] }).findings.map(({ id }) => id);
    const gone = (jobs: string) => `{ rule: over-limit, jobs: ${jobs}, reason: x }`;
    expect(ids(`\n\nexceptions:\n  - ${gone('a')}`)).toEqual(ids(`exceptions:\n  - ${gone('a')}`));
    expect(new Set(ids(`exceptions:\n  - ${gone('a')}\n  - ${gone('b')}\n  - ${gone('a')}`)).size).toBe(3);
  });

  test('can be excused like anything else', () => {
    const policies = [
      'exceptions:\n  - { rule: over-limit, jobs: gone, reason: x }\n  - { rule: unused-exception, reason: for later }',
    ];
    expect(found(judged([], { policies }))).toEqual([]);
  });
});
