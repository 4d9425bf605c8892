import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { RULE_CHECKS } from '../../src/policy/rules.ts';
import { reportOf } from '../helpers/checking.ts';
import { excused, found, judged, rule, subject, violation } from './judging.ts';
import { findingsOf, jobWith, levelsOf } from './rule-findings.ts';

const FOLDER = '.github/workflows/';

function files(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [FOLDER + name, text]));
}

const caller = (block: string) => `on: push\n${block}jobs:\n  call: { uses: ./${FOLDER}called.yml }\n`;
const called = (block: string, on = 'workflow_call') => `on: ${on}\n${block}jobs:\n  build: { runs-on: x }\n`;
const READ = 'permissions: { contents: read }\n';
const BUILDS_HEAD = [
  'uses: actions/checkout@v6\nwith: { ref: "${{ github.event.pull_request.head.sha }}" }',
  'run: npm ci && npm test',
];

// The sentences are those of people who met this with other tools.
describe('"False alarms, because the tool has the wrong model"', () => {
  const missing = (texts: Readonly<Record<string, string>>) => levelsOf('missing-permissions', files(texts));

  test('a caller is flagged though the called workflow sets its own block', () => {
    expect(missing({ 'ci.yml': caller(''), 'called.yml': called(READ) })).toEqual([]);
    expect(missing({ 'ci.yml': caller(''), 'called.yml': called('') })).toEqual(['warning ci.yml:1']);
  });

  test('a callee is flagged though its only callers set the block', () => {
    expect(missing({ 'ci.yml': caller(READ), 'called.yml': called('') })).toEqual([]);
    expect(missing({ 'called.yml': called('') })).toEqual([]);
  });

  test('a callee is not flagged for what its callers set', () => {
    const broad = { 'ci.yml': caller('permissions: write-all\n'), 'called.yml': called('') };
    expect(levelsOf('blanket-permissions', files(broad))).toEqual(['warning ci.yml:2']);
  });

  test('a file with `workflow_call` and other triggers: both readings matter, neither excuses the other', () => {
    const both = called('', '[push, workflow_call]');
    // Its own runs have no block, whatever its callers set.
    expect(missing({ 'ci.yml': caller(READ), 'called.yml': both })).toEqual(['warning called.yml:1']);
    // Its block does not help the other jobs of its caller.
    const own = called(READ, '[push, workflow_call]');
    expect(missing({ 'ci.yml': `${caller('')}  other: { runs-on: x }\n`, 'called.yml': own })).toEqual([
      'warning ci.yml:4',
    ]);
    // What it asks for is still refused by a caller that grants less.
    const report = reportOf(files({ 'ci.yml': caller('permissions: {}\n'), 'called.yml': own }));
    expect(report.findings.map((one) => `${one.rule} ${one.path.replace(FOLDER, '')}`)).toEqual([
      'startup-failure ci.yml',
    ]);
    expect(report.workflows.map(({ outcome }) => outcome)).toContain('ok');
  });

  test('job blocks ignored because only the top level is read', () => {
    expect(levelsOf('missing-permissions', jobWith('push', '{ contents: read }', ['run: x']))).toEqual([]);
    const half = `${jobWith('push', '{ contents: read }', ['run: x'])}  other: { runs-on: x }\n`;
    expect(findingsOf('missing-permissions', half).map(({ job, jobs }) => jobs ?? [job])).toEqual([[['other']]]);
    // And a job's own block is what counts where the top is broader.
    const narrow = `permissions: write-all\n${jobWith('issues', '{ contents: read }', ['run: x'])}`;
    expect(reportOf(narrow).findings).toEqual([]);
  });

  test('`{}` counted as missing', () => {
    expect(levelsOf('missing-permissions', jobWith('push', '{}', ['run: x']))).toEqual([]);
    expect(levelsOf('missing-permissions', 'on: push\npermissions: {}\njobs: { a: { runs-on: x } }\n')).toEqual([]);
    expect(levelsOf('missing-permissions', 'on: push\njobs: { a: { runs-on: x } }\n')).toEqual(['warning ci.yml:1']);
  });

  test('a single-job workflow told to move its block', () => {
    const top = 'on: push\npermissions: { contents: write }\njobs: { a: { runs-on: x } }\n';
    expect(reportOf(top).findings).toEqual([]);
    expect(reportOf(jobWith('push', '{ contents: write }', ['run: x'])).findings).toEqual([]);
  });

  test('"the default is write-all": only if the setting says so', () => {
    const text = 'on: push\njobs: { a: { runs-on: x } }\n';
    const says = (known: Parameters<typeof findingsOf>[2]) =>
      findingsOf('missing-permissions', text, known)[0]?.message;
    expect(says({ default: 'read' })).toMatch(
      /It is 'read', which gives `contents: read` and `packages: read` only\.$/,
    );
    expect(says({ default: 'write' })).toMatch(/It is 'write', which gives \d+ permissions to write/);
    expect(says({})).toMatch(/If it is 'read', .* If it is 'write', /);
    expect(levelsOf('write-on-untrusted-trigger', text.replace('push', 'issues'), { default: 'read' })).toEqual([]);
  });

  test("`if: github.event_name == 'push'` on a job, and the tool warns about fork pull requests", () => {
    const text = (more: string) => jobWith('[push, pull_request_target]', '{ contents: write }', BUILDS_HEAD, more);
    const pushOnly = "    if: github.event_name == 'push'\n";
    expect(levelsOf('write-on-untrusted-trigger', text(pushOnly))).toEqual([]);
    expect(levelsOf('write-on-untrusted-trigger', text(''))).toEqual(['error ci.yml:7']);
    // Forks of a private repository that sends them write tokens.
    const forks = (more: string) => text(more).replace('pull_request_target', 'pull_request');
    const known = { visibility: 'private', forks: 'write' } as const;
    expect(levelsOf('write-on-untrusted-trigger', forks(pushOnly), known)).toEqual([]);
    expect(levelsOf('write-on-untrusted-trigger', forks(''), known)).toHaveLength(1);
  });

  test('forty jobs under one bad block are one finding with forty jobs', () => {
    const jobs = Array.from({ length: 40 }, (_, index) => `  job-${index}: { runs-on: x }\n`).join('');
    const [finding, ...others] = reportOf(`on: push\npermissions: write-all\njobs:\n${jobs}`).findings;
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ rule: 'blanket-permissions', line: 2 });
    expect(finding?.jobs).toHaveLength(40);
  });

  test('a guess never fails a run', () => {
    const text = `on: pull_request_target\njobs:\n  build:\n    runs-on: x\n    steps:\n      - run: gh pr checkout 1\n`;
    const guessed = reportOf(text);
    expect(guessed.findings.length).toBeGreaterThan(0);
    expect(guessed.findings.map(({ level }) => level)).not.toContain('error');
    expect(reportOf(text, { default: 'write' }).findings.map(({ level }) => level)).toContain('error');
  });
});

// What needs a run is shown in __tests__/dist: on forks, without network, on servers, against the base of a pull request.
describe('"Living with it"', () => {
  const OLD = violation(subject('build', { permission: 'contents', granted: 'write' }));
  const NEW = violation(subject('test', { permission: 'issues', granted: 'write' }));
  const entry = {
    rule: 'over-limit',
    workflow: `${FOLDER}ci.yml`,
    job: 'build',
    permission: 'contents',
    granted: 'write',
  };
  const accepted =
    'exceptions:\n- { rule: over-limit, workflows: ci.yml, jobs: build, reason: soon, expires: 2027-01-31 }';

  test('adopt gradually: a baseline excuses what is there, and nothing new', () => {
    const both = [rule('over-limit', OLD, NEW)];
    const baseline = [entry];
    expect(found(judged(both, { baseline }))).toEqual(['error over-limit: test issues']);
  });

  test('exceptions for named jobs, with a reason and an expiry date; not a global off switch', () => {
    const both = [rule('over-limit', OLD, NEW)];
    const judgement = judged(both, { policies: [accepted] });
    expect(found(judgement)).toEqual(['error over-limit: test issues']);
    expect(excused(judgement)).toEqual(['exception over-limit: build contents (soon)']);
    expect(found(judged(both, { policies: [accepted], today: '2027-02-01' }))).toEqual([
      'error over-limit: build contents, test issues',
    ]);
  });

  test('exceptions by line number rot: ours hold wherever the job stands', () => {
    const moved = { ...OLD, place: { ...OLD.place, line: 99 } };
    expect(found(judged([rule('over-limit', moved)], { policies: [accepted] }))).toEqual([]);
  });

  test('exceptions that no longer match anything must be reported', () => {
    const gone = accepted.replace('jobs: build', 'jobs: removed');
    expect(found(judged([...RULE_CHECKS, rule('over-limit', OLD)], { policies: [gone] }))).toContainEqual(
      expect.stringMatching(/^warning unused-exception: /),
    );
    expect(found(judged([...RULE_CHECKS, rule('over-limit', OLD)], { policies: [accepted] }))).not.toContainEqual(
      expect.stringMatching(/unused-exception/),
    );
  });

  test('"nothing may get worse": also when a pull request removes a block, and when the change is in a called workflow', () => {
    const limits = "limits:\n- { workflows: '*', permissions: { contents: read } }";
    const overLimit = (text: string) =>
      found(judged(RULE_CHECKS, { text, policies: [limits] })).filter((one) => one.includes('over-limit'));
    const block = 'on: push\npermissions: { contents: read }\njobs: { a: { runs-on: x } }\n';
    expect(overLimit(block)).toEqual([]);
    // Whatever the default is, it gives more than that; how much more is a guess.
    expect(overLimit(block.replace('permissions: { contents: read }\n', ''))).toEqual([
      expect.stringMatching(/^warning .*contents: write/),
      expect.stringMatching(/^error .*packages: read/),
    ]);
    expect(overLimit(block.replace('read }', 'write }'))).toEqual([expect.stringMatching(/^error /)]);
    // What a called workflow asks for counts for the jobs of its callers.
    const calling = (asks: string) =>
      reportOf(files({ 'ci.yml': caller('permissions: write-all\n'), 'called.yml': called(asks) })).workflows[0];
    const writes = (asks: string) =>
      calling(asks)?.jobs.flatMap(({ grants }) => grants.flatMap((row) => Object.values(row.permissions)));
    expect(writes(READ)).not.toContain('write');
    expect(writes('permissions: { contents: write }\n')).toContain('write');
  });

  test('one policy for many repositories', () => {
    const own = 'rules: { over-limit: off }';
    expect(found(judged([rule('over-limit', OLD)], { policies: [own] }))).toEqual([]);
    expect(found(judged([rule('over-limit', OLD)], { policies: [own, 'rules: { over-limit: error }'] }))).toEqual([
      'error over-limit: build contents',
    ]);
  });

  test('no Docker pull, and no pull request comment that needs a write token', () => {
    const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(text('action.yml')).toMatch(/^ {2}using: node\d+$/m);
    const examples = [...text('README.md').matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
    const ours = examples.filter((yaml) => /uses: \S*effective-permissions@/.test(yaml));
    expect(ours.length).toBeGreaterThan(0);
    for (const yaml of ours) expect(yaml).not.toMatch(/^\s+[\w-]+: write\b/m);
  });

  test('one broken file must not hide the results for the others', () => {
    const report = reportOf(
      files({
        'a.yml': 'on: push\njobs: [',
        'b.yml': 'on: push\njobs: { a: { runs-on: x } }\n',
        'c.yml': called(READ, 'push'),
      }),
    );
    expect(report.findings.map((one) => `${one.rule} ${one.path.replace(FOLDER, '')}`)).toEqual([
      'invalid-workflow a.yml',
      'missing-permissions b.yml',
    ]);
    expect(report.workflows.map(({ outcome, jobs }) => `${outcome} ${jobs.length}`)).toEqual([
      'invalid 0',
      'ok 1',
      'ok 1',
    ]);
  });
});
