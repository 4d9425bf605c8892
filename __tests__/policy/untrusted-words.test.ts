import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { findingsOf, jobWith, levelsOf } from './rule-findings.ts';

const RULE = 'write-on-untrusted-trigger';
const HEAD = 'uses: actions/checkout@v6\nwith: { ref: "${{ github.head_ref }}" }';
const CHECKS_OUT = 'checks out the code of the pull request (`ref: ${{ github.head_ref }}`)';
const SCRIPT = 'run: echo ${{ github.head_ref }}';
const BUILD = 'run: npm ci && npm test';
const DOWNLOAD = 'uses: actions/download-artifact@v6\nwith: { run-id: "${{ github.event.workflow_run.id }}" }';
const BY = "by 'pull_request_target', if the run is allowed,";
const TOKEN = 'what they wrote gets a token with `contents: write`.';

const MEMBERS = (of: string) =>
  `\`if: contains(fromJSON('["OWNER", "MEMBER", "COLLABORATOR"]'), github.event.${of}.author_association)\`.`;
const SPLIT =
  'Split the workflow in two: build and test in one on `pull_request`, without writes, and use the writes in another that never checks out or runs what the pull request brings.';
const AS_VARIABLE =
  'Hand it to the script as a variable: `env: { TEXT: ${{ … }} }` and `"$TEXT"`, which no shell runs.';
const TAKE_APART =
  'Do not download it in a job with these writes: take it apart in a job without them, check what it says, and hand on no more than that.';
const ONLY = 'Or let only people with write access start the job:';
const BOT =
  " The bot in `github.actor` may have been made to push to an outsider's branch: ask `github.event.pull_request.user.login` instead.";

/** Jobs `a`, `b`… of one step each. */
function jobs(on: string, ...steps: readonly string[]): string {
  const all = steps.map(
    (step, index) => `  ${'abc'[index]}:\n    runs-on: x\n    steps:\n      - ${step.replaceAll('\n', '\n        ')}\n`,
  );
  return `on: ${on}\npermissions: { contents: write }\njobs:\n${all.join('')}`;
}

function said(files: Parameters<typeof findingsOf>[1]): readonly string[] {
  return findingsOf(RULE, files).map(({ level, message }) => `${level} ${message}`);
}

const FILES = '.github/workflows/';
const ci = (on: string) => `name: CI\non: ${on}\npermissions: {}\njobs: { test: { runs-on: x } }\n`;
const after = (steps: readonly string[], block: string, on = 'pull_request') => ({
  [`${FILES}a.yml`]: ci(on),
  [`${FILES}b.yml`]: jobWith('{ workflow_run: { workflows: [CI] } }', block, steps),
});

describe('what an outsider gets', () => {
  test.each<readonly [string, Parameters<typeof findingsOf>[1], readonly string[]]>([
    [
      'code that no step evidently runs, with a strong write',
      jobs('pull_request_target', HEAD),
      [`error Outsiders can start the job 'a' ${BY} and line 7 ${CHECKS_OUT}: ${TOKEN}`],
    ],
    [
      'a script that is run, rather than code before it that is not',
      jobWith('pull_request_target', '{ contents: write }', [HEAD, SCRIPT]),
      [`error Outsiders can start the job 'build' ${BY} and line 9 puts \`github.head_ref\` into a script: ${TOKEN}`],
    ],
    [
      'and rather than code behind it',
      jobWith('pull_request_target', '{ contents: write }', [SCRIPT, HEAD]),
      [`error Outsiders can start the job 'build' ${BY} and line 7 puts \`github.head_ref\` into a script: ${TOKEN}`],
    ],
    [
      'strong writes first',
      jobWith('pull_request_target', '{ checks: write, issues: write, packages: write }', [SCRIPT]),
      [
        `error Outsiders can start the job 'build' ${BY} and line 7 puts \`github.head_ref\` into a script: what they wrote gets a token with \`packages: write\`, \`checks: write\` and \`issues: write\`.`,
      ],
    ],
    [
      'strong writes alone where nothing comes in',
      jobWith('issues', '{ checks: write, issues: write, packages: write }', ['run: make']),
      ["warning Outsiders can start the job 'build' by 'issues', with `packages: write`."],
    ],
    [
      'nothing where the job only reads',
      jobWith('pull_request_target', '{ contents: read }', [HEAD, BUILD, SCRIPT]),
      [],
    ],
    [
      'an artifact that is used, with a weak write',
      after([DOWNLOAD, 'run: chmod +x a && ./a'], '{ pull-requests: write }', '[pull_request, pull_request_review]'),
      [
        "error Outsiders can start the job 'build' by 'workflow_run', after a run of 'pull_request' and 'pull_request_review', and line 7 downloads what the run of the pull request made, and line 9 uses it: what they wrote gets a token with `pull-requests: write`.",
      ],
    ],
    [
      'an artifact that is not, with a strong one',
      after([DOWNLOAD], '{ contents: write }'),
      [
        "warning Outsiders can start the job 'build' by 'workflow_run', after a run of 'pull_request', and line 7 downloads what the run of the pull request made: what they made lies where the token has `contents: write`, though no step evidently runs or publishes it.",
      ],
    ],
  ])('%s', (_, files, expected) => {
    expect(said(files)).toEqual(expected);
  });
});

describe('which events and jobs it names', () => {
  test('the events in which something comes in, whatever others start the job', () => {
    const step = "if: github.event_name == 'issue_comment'\nrun: echo ${{ github.event.comment.body }}";
    expect(said(jobs('[issues, issue_comment]', step))).toEqual([
      `error Outsiders can start the job 'a' by 'issue_comment', and line 7 puts \`github.event.comment.body\` into a script: ${TOKEN}`,
    ]);
  });

  test('runs have to be allowed where all of the events are of that kind', () => {
    const step = 'run: gh pr checkout 1';
    expect(said(jobs('[pull_request_target, issue_comment]', step))).toEqual([
      `error Outsiders can start the job 'a' by 'pull_request_target' and 'issue_comment', and line 7 fetches the code of the pull request: ${TOKEN}`,
    ]);
  });

  test('what forks reach in private repositories, and others everywhere, is certain', () => {
    const files = jobWith('[pull_request, issues]', '{ contents: write }', ['run: make']);
    expect(levelsOf(RULE, files, { forks: 'write' })).toEqual(['warning ci.yml:5']);
    expect(levelsOf(RULE, files.replace(', issues', ''), { forks: 'write' })).toEqual(['warning ci.yml:5 private']);
  });

  test('each of the environments that may ask for a review', () => {
    const text = jobs('pull_request_target', SCRIPT, SCRIPT);
    const reviewed = text.replace(/^ {2}([ab]):$/gm, '  $1:\n    environment: of-$1');
    const may = (name: string) =>
      `The environment '${name}' may ask for a review first. Its settings say whether it does.`;
    expect(said(reviewed)).toEqual([
      `warning Outsiders can start the jobs 'a' and 'b' ${BY} and line 8 puts \`github.head_ref\` into a script (likewise line 13): ${TOKEN} ${may('of-a')} ${may('of-b')}`,
    ]);
  });

  test.each([
    [2, 'likewise line 11'],
    [3, 'likewise lines 11 and 15'],
  ])('%i jobs in one finding, with their lines', (count, lines) => {
    const names = ["'a' and 'b'", "'a', 'b' and 'c'"][count - 2];
    expect(said(jobs('pull_request_target', ...Array.from({ length: count }, () => SCRIPT)))).toEqual([
      `error Outsiders can start the jobs ${names} ${BY} and line 7 puts \`github.head_ref\` into a script (${lines}): ${TOKEN}`,
    ]);
  });

  test('what comes in another way is a finding of its own, and so is what comes by another event', () => {
    const lines = (text: string) => findingsOf(RULE, text).map(({ line, jobs: ids, job }) => [line, ids ?? [job]]);
    expect(lines(jobs('pull_request_target', 'run: gh pr checkout 1', SCRIPT))).toEqual([
      [7, [['a']]],
      [11, [['b']]],
    ]);
    const only = (event: string) => `if: github.event_name == '${event}'\nrun: echo \${{ github.event.issue.title }}`;
    expect(lines(jobs('[issues, issue_comment]', only('issues'), only('issue_comment')))).toEqual([
      [7, [['a']]],
      [12, [['b']]],
    ]);
    // Two jobs with the same way and event are one.
    expect(lines(jobs('[issues, issue_comment]', only('issues'), only('issues')))).toEqual([[7, [['a'], ['b']]]]);
  });

  const caller = (on: string) =>
    `on: ${on}\npermissions: { contents: write }\njobs:\n  call: { uses: ./${FILES}c.yml }\n`;
  const called = (step: string) => ({
    [`${FILES}a.yml`]: caller('[issues, issue_comment]'),
    [`${FILES}b.yml`]: caller('[issue_comment, issues]'),
    [`${FILES}c.yml`]: `on: workflow_call\njobs:\n  build:\n    runs-on: x\n    steps: [{ run: "${step}" }]\n`,
  });

  test('a called workflow that lets them in is one finding, however it is called', () => {
    expect(said(called('echo ${{ github.event.issue.title }}'))).toEqual([
      `error Outsiders can start the job 'call/build' by 'issues' and 'issue_comment', and line 5 puts \`github.event.issue.title\` into a script: ${TOKEN}`,
    ]);
  });

  test('a called workflow that lets nothing in is one for each caller, at its block', () => {
    const places = ({ path, line, column, level }: Finding) => `${level} ${path.replace(FILES, '')}:${line}:${column}`;
    expect(findingsOf(RULE, called('make')).map(places)).toEqual(['warning a.yml:2:1', 'warning b.yml:2:1']);
  });

  test('without a block, what comes in is one finding for each workflow', () => {
    const text = 'on: issue_comment\njobs:\n  a:\n    runs-on: x\n    steps: [{ run: gh pr checkout 1 }]\n';
    const found = findingsOf(RULE, { [`${FILES}a.yml`]: text, [`${FILES}b.yml`]: text });
    expect(found.map(({ path }) => path.replace(FILES, ''))).toEqual(['a.yml', 'b.yml']);
  });

  test('so does one at the job', () => {
    const text = jobs('pull_request_target', SCRIPT, SCRIPT);
    const ignored = text.replace('  b:\n', `  b: # effective-permissions: ignore[${RULE}] known\n`);
    expect(said(ignored)).toEqual([
      `error Outsiders can start the job 'a' ${BY} and line 7 puts \`github.head_ref\` into a script: ${TOKEN}`,
    ]);
  });

  test('an ignore comment at the step of one job leaves the others', () => {
    const ignored = `${SCRIPT} # effective-permissions: ignore[${RULE}] known`;
    expect(said(jobs('pull_request_target', SCRIPT, ignored))).toEqual([
      `error Outsiders can start the job 'a' ${BY} and line 7 puts \`github.head_ref\` into a script: ${TOKEN}`,
    ]);
  });
});

describe('what can be accepted apart', () => {
  test.each<readonly [string, string, string | undefined]>([
    ['a job that only reacts', 'run: make', undefined],
    ['one that has files of the outsider’s', HEAD, "has an outsider's files"],
    ['one that runs them', SCRIPT, "runs an outsider's files"],
  ])('%s', (_, step, about) => {
    const [finding] = findingsOf(RULE, jobs('pull_request_target', step));
    expect(finding?.subjects.map((subject) => [subject.permission, subject.granted, subject.about])).toEqual([
      ['contents', 'write', about],
    ]);
  });
});

describe('what to do', () => {
  const DROP =
    'Drop the write, move it to a job of its own that outsiders cannot start, or let only people with write access start it:';

  test.each<readonly [string, Parameters<typeof findingsOf>[1], string]>([
    ['where nothing comes in', jobs('issues', 'run: make'), `${DROP} ${MEMBERS('issue')}`],
    ['about code', jobs('pull_request_target', HEAD), `${SPLIT} ${ONLY} ${MEMBERS('pull_request')}`],
    ['about a script', jobs('pull_request_target', SCRIPT), `${AS_VARIABLE} ${ONLY} ${MEMBERS('pull_request')}`],
    [
      'about an artifact',
      after([DOWNLOAD], '{ contents: write }'),
      `${TAKE_APART} ${ONLY} \`if: github.event.workflow_run.head_repository.full_name == github.repository\`.`,
    ],
    [
      'by several events',
      jobs('[pull_request_target, issue_comment]', 'run: gh pr checkout 1'),
      `${SPLIT} ${ONLY} \`if: !contains(fromJSON('["pull_request_target","issue_comment"]'), github.event_name)\`.`,
    ],
  ])('%s', (_, files, hint) => {
    expect(findingsOf(RULE, files).map((finding) => finding.hint)).toEqual([hint]);
  });

  const guarded = (condition: string, step: string) =>
    jobWith('pull_request_target', '{ contents: write }', [step], `    if: ${condition}\n`);

  test.each<readonly [string, string, boolean]>([
    ['a bot that is asked for', "github.actor == 'dependabot[bot]'", true],
    ['a bot in another order', "github.actor    ==   'renovate[bot]'", true],
    ['a person', "github.actor != 'octocat'", false],
    ['a bot in another part', "github.actor != 'x' || github.event.action == '[bot]'", false],
  ])('a condition that asks for %s', (_, condition, isTold) => {
    const [nothing] = findingsOf(RULE, guarded(condition, 'run: make'));
    expect(nothing?.hint).toBe(`${DROP} ${MEMBERS('pull_request')}${isTold ? BOT : ''}`);
    const [code] = findingsOf(RULE, guarded(condition, HEAD));
    expect(code?.hint).toBe(`${SPLIT} ${ONLY} ${MEMBERS('pull_request')}${isTold ? BOT : ''}`);
  });

  test('also when only one of several jobs has such a condition', () => {
    const step = (more: string) =>
      `  ${more}\n    runs-on: x\n    steps: [{ ${SCRIPT.replace('run: ', 'run: "')}" }]\n`;
    const text = `on: pull_request_target\npermissions: { contents: write }\njobs:\n${step('a:')}${step("b:\n    if: github.actor == 'dependabot[bot]'")}`;
    expect(findingsOf(RULE, text).map(({ hint }) => hint?.endsWith(BOT))).toEqual([true]);
  });
});
