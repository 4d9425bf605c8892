import { describe, expect, test } from '@jest/globals';

import type { Finding } from '../../src/model/report.ts';
import { bytesOf, settingsOf } from '../helpers/checking.ts';
import { briefly, foundBy, judgementWithCalls, policyFile } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';
import { needing, needsById } from '../helpers/needs.ts';
import { call, CALLED, ci, CI, run } from '../helpers/workflow-texts.ts';
import { findingsWithCalls } from './rule-findings.ts';

const RULE = 'id-token-boundary';
const OTHER = 'octocat/workflows/.github/workflows/c.yml@v1';
const SECOND = 'hubot/w/.github/workflows/d.yml@v1';
const US = { repository: 'octo-org/octo-repo' } as const;
const TOKEN = '{ id-token: write }';

function found(texts: Parameters<typeof foundBy>[1], given: Judging = {}): readonly Finding[] {
  return foundBy(RULE, texts, { ...US, ...given });
}

describe('an identity token for a called workflow', () => {
  const reaches = (reference: string, jobs: string) =>
    `\`id-token: write\` reaches '${reference}', a workflow of another owner. Its ${jobs} can sign in to other systems as this repository.`;
  const HINT =
    'Give it no `id-token`, or do what needs it in a job of your own. If you trust the owner, or it belongs to the same enterprise, list it under `trusted-owners` in the policy. Cloud roles can ask for the claim `job_workflow_ref`, which names the called workflow.';

  test('is one finding for each called workflow, with all jobs that get it', async () => {
    const files = { [CI]: ci(TOKEN, call('a', '', OTHER), call('b', '', SECOND), call('c', '', OTHER)) };
    const leaf = 'on: workflow_call\njobs:\n  leaf: { runs-on: x }\n';
    const findings = await findingsWithCalls(RULE, files, { [OTHER]: leaf, [SECOND]: leaf }, US);
    expect(findings).toMatchObject([
      {
        line: 5,
        column: 11,
        message: reaches(OTHER, "jobs 'a/leaf' and 'c/leaf'"),
        hint: HINT,
        subjects: [
          { job: ['a', 'leaf'], permission: 'id-token', granted: 'write', about: OTHER },
          { job: ['c', 'leaf'], about: OTHER },
        ],
      },
      { line: 7, column: 11, message: reaches(SECOND, "job 'b/leaf'"), hint: HINT },
    ]);
  });

  test('and for each file that calls it', () => {
    const text = ci(TOKEN, call('a', '', OTHER));
    expect(found({ [CI]: text, [CALLED]: text }).map(briefly)).toEqual(['called.yml:5:11 a', 'ci.yml:5:11 a']);
  });

  test('what it calls in its own repository belongs to it', async () => {
    const inner = 'octocat/workflows/.github/workflows/n.yml@v1';
    const called = {
      [OTHER]: 'on: workflow_call\njobs:\n  deep: { uses: ./.github/workflows/n.yml }\n  own: { runs-on: x }\n',
      [inner]: 'on: workflow_call\njobs:\n  leaf: { runs-on: x }\n',
    };
    const [finding, ...others] = await findingsWithCalls(RULE, { [CI]: ci(TOKEN, call('a', '', OTHER)) }, called, US);
    expect(others).toEqual([]);
    expect(finding?.message).toBe(reaches(OTHER, "jobs 'a/deep/leaf' and 'a/own'"));
  });

  test('nothing of what a trusted owner’s workflow calls in its own repository', async () => {
    const texts: Readonly<Record<string, string>> = {
      '.github/workflows/c.yml': 'on: workflow_call\njobs:\n  deep: { uses: ./.github/workflows/n.yml }\n',
      '.github/workflows/n.yml': 'on: workflow_call\njobs:\n  leaf: { runs-on: x }\n',
    };
    const told = async (trustedOwners: readonly string[]) => {
      const { findings } = await judgementWithCalls(
        [{ path: CI, bytes: bytesOf(ci(TOKEN, call('a', '', OTHER))) }],
        settingsOf(US),
        ({ path }) => Promise.resolve({ kind: 'found', bytes: bytesOf(texts[path]!), commit: null, anyRef: false }),
        [policyFile({ trustedOwners })],
      );
      return findings.filter(({ rule }) => rule === RULE).map(({ jobs, job }) => jobs ?? [job]);
    };
    expect(await told(['octocat'])).toEqual([]);
    expect(await told([])).toEqual([[['a', 'deep', 'leaf']]]);
  });

  test('where our own name is not known', () => {
    const [finding] = foundBy(RULE, ci(TOKEN, call('a', '', OTHER)));
    expect(finding?.message).toBe(
      `${reaches(OTHER, "job 'a'")} Whether its owner is your own is not known. Say who you are with --repository OWNER/NAME (in the action, the input repository). This holds only if the called workflow that could not be read has no block of its own that asks for less.`,
    );
  });

  test('what is certain and what is a guess are two findings', async () => {
    const third = 'octocat/workflows/.github/workflows/gone.yml@v1';
    const both = 'octocat/workflows/.github/workflows/both.yml@v1';
    const files = { [CI]: ci(TOKEN, call('a', '', both)) };
    const called = { [both]: `on: workflow_call\njobs:\n  leaf: { runs-on: x }\n  deep: { uses: '${third}' }\n` };
    const findings = await findingsWithCalls(RULE, files, called, US);
    expect(findings.map(({ message }) => [/Its (.*?) can/.exec(message)?.[1], message.includes('only if')])).toEqual(
      expect.arrayContaining([
        ["job 'a/leaf'", false],
        ["job 'a/deep'", true],
      ]),
    );
    expect(findings).toHaveLength(2);
  });
});

describe('an identity token that nothing uses', () => {
  const idle = () => needing({});
  const says = (jobs: string) =>
    `The ${jobs} can sign in to other systems as this repository by \`id-token: write\`, and no step has a use for that.`;
  const leaf = `on: workflow_call\njobs:\n${run('a')}${run('b')}`;

  test.each<readonly [string, Parameters<typeof foundBy>[1], readonly (readonly [string, string])[]]>([
    [
      'one finding for the block of a workflow, and one for that of each job',
      ci(TOKEN, run('a'), run('b'), run('c', TOKEN), run('d', TOKEN)),
      [
        ['ci.yml:2:1 a b', says("jobs 'a' and 'b'")],
        ['ci.yml:13:5 c', says("job 'c'")],
        ['ci.yml:18:5 d', says("job 'd'")],
      ],
    ],
    [
      'what a caller passes on is told at its block',
      { [CI]: ci(TOKEN, call('x')), [CALLED]: leaf },
      [['ci.yml:2:1 x/a x/b', says("jobs 'x/a' and 'x/b'")]],
    ],
    [
      'also at that of the calling job',
      { [CI]: ci('', call('x', TOKEN)), [CALLED]: leaf },
      [['ci.yml:4:5 x/a x/b', says("jobs 'x/a' and 'x/b'")]],
    ],
    [
      'two callers are two findings',
      { [CI]: ci(TOKEN, call('x')), '.github/workflows/other.yml': ci(TOKEN, call('y')), [CALLED]: leaf },
      [
        ['ci.yml:2:1 x/a x/b', says("jobs 'x/a' and 'x/b'")],
        ['other.yml:2:1 y/a y/b', says("jobs 'y/a' and 'y/b'")],
      ],
    ],
    [
      'the block of a called job is told once, with all that call it',
      { [CI]: ci(TOKEN, call('x'), call('y')), [CALLED]: `on: workflow_call\njobs:\n${run('a', TOKEN)}` },
      [['called.yml:4:5 x/a y/a a', says("jobs 'x/a', 'y/a' and 'a'")]],
    ],
  ])('%s', (_, files, expected) => {
    const findings = found(files, { needsOf: idle });
    expect(findings.map((finding) => [briefly(finding), finding.message])).toEqual(expected);
    for (const { hint, subjects } of findings) {
      expect(hint).toBe('Remove `id-token: write`, or write it in the block of the job alone that uses it.');
      for (const subject of subjects) {
        expect(subject).toMatchObject({ permission: 'id-token', granted: 'write' });
        expect(subject).not.toHaveProperty('about');
      }
    }
  });

  test('where a shorthand gives it, there is no line to remove', () => {
    const [finding, ...others] = found(ci('write-all', run('a')), { needsOf: idle });
    expect(others).toEqual([]);
    expect(finding?.hint).toBe(
      'Name the permissions that the steps need instead of `write-all`, and leave `id-token` out.',
    );
  });

  test('a job beside it that uses it is not named', () => {
    const text = ci(TOKEN, run('a'), run('b'));
    const needsOf = needsById({ a: needing({}), b: needing({ 'id-token': 'write' }) });
    expect(found(text, { needsOf }).map(({ message }) => message)).toEqual([says("job 'a'")]);
  });

  test('a calling job has no steps, and steps in another repository are not ours to change', async () => {
    const files = {
      [CI]: ci(TOKEN, call('x')),
      [CALLED]: 'on: workflow_call\npermissions: {}\njobs:\n  a: { runs-on: x }\n',
    };
    expect(found(files, { needsOf: idle })).toEqual([]);
    const theirs = 'octo-org/shared/.github/workflows/c.yml@v1';
    const { findings } = await judgementWithCalls(
      [{ path: CI, bytes: bytesOf(ci(TOKEN, call('x', '', theirs))) }],
      settingsOf(US),
      () => Promise.resolve({ kind: 'found', bytes: bytesOf(leaf), commit: null, anyRef: false }),
      [],
      idle,
    );
    expect(findings.filter(({ rule }) => rule === RULE)).toEqual([]);
  });

  test('an ignore comment at one of the jobs leaves the others', () => {
    const text = ci(
      TOKEN,
      run('a'),
      run('b').replace('  b:\n', `  b: # effective-permissions: ignore[${RULE}] soon\n`),
    );
    expect(found(text, { needsOf: idle }).map(({ message }) => message)).toEqual([says("job 'a'")]);
  });
});
