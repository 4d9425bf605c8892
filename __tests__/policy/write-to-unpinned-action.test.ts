import { describe, expect, test } from '@jest/globals';

import { checkedJobs, findingsOf, findingsWithCalls, jobWith, levelsOf } from './rule-findings.ts';

const RULE = 'write-to-unpinned-action';
const SHA = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256:${SHA}0123456789abcdef01234567`;
const KNOWN = { repository: 'octo-org/octo-repo' } as const;

function levels(uses: string, block = '{ contents: write }', known: Parameters<typeof levelsOf>[2] = KNOWN) {
  return levelsOf(RULE, jobWith('push', block, [`uses: ${uses}`]), known);
}

describe('an action that somebody else can change', () => {
  test.each([
    'octocat/action@v1',
    'octocat/action@v1.2.3',
    'octocat/action@main',
    'octocat/action/sub/folder@v1',
    `octocat/action@${SHA.slice(0, 7)}`,
    'docker://alpine:3',
    'docker://ghcr.io/octocat/image:1',
  ])('%s', (uses) => {
    expect(levels(uses)).toEqual(['warning ci.yml:7']);
  });

  test.each([
    `octocat/action@${SHA}`,
    `octocat/action@${SHA}0123456789abcdef01234567`,
    'actions/checkout@v6',
    'github/codeql-action/init@v4',
    'dependabot/fetch-metadata@v2',
    'octo-org/action@main',
    'Octo-Org/action@main',
    './local',
    `docker://alpine@${DIGEST}`,
    'docker://ghcr.io/octo-org/image:1',
  ])('not %s', (uses) => {
    expect(levels(uses)).toEqual([]);
  });

  test.each(['action', 'octocat/action', '${{ matrix.action }}', '@v1'])('not %s, which names no action', (uses) => {
    expect(levelsOf(RULE, jobWith('push', '{ contents: write }', [`uses: "${uses}"`]), KNOWN)).toEqual([]);
  });

  test.each(['{}', '{ contents: read }', 'read-all'])('not with %s', (block) => {
    expect(levels('octocat/action@v1', block)).toEqual([]);
  });

  test('with an identity token alone', () => {
    expect(levels('octocat/action@v1', '{ id-token: write }')).toEqual(['warning ci.yml:7']);
  });

  test('not in a job that does not run', () => {
    const text = jobWith('push', '{ contents: write }', ['uses: octocat/action@v1'], '    if: false\n');
    expect(levelsOf(RULE, text, KNOWN)).toEqual([]);
  });

  test('where our own name is not known it says so', () => {
    const [finding] = findingsOf(RULE, jobWith('push', '{ contents: write }', ['uses: octocat/action@v1']));
    expect(finding?.message).toContain('--repository OWNER/NAME');
  });
});

test('one finding for a file: each action once, with all jobs and permissions', () => {
  const job = (id: string, permission: string) =>
    `  ${id}:\n    runs-on: x\n    permissions: { ${permission}: write }\n    steps:\n      - uses: octocat/one@v1\n      - uses: octocat/two@v2\n`;
  const [finding, ...others] = findingsOf(RULE, `on: push\njobs:\n${job('a', 'contents')}${job('b', 'issues')}`, KNOWN);
  expect(others).toEqual([]);
  expect(finding?.message).toBe(
    "'octocat/one@v1' (line 7) and 'octocat/two@v2' (line 8) are at a tag or a branch, which somebody else can move, and the jobs 'a' and 'b' have `contents: write` and `issues: write`.",
  );
  expect(finding?.subjects.map(({ job: path, permission, about }) => [path?.join(), permission, about])).toEqual([
    ['a', 'contents', 'octocat/one@v1'],
    ['a', 'contents', 'octocat/two@v2'],
    ['b', 'issues', 'octocat/one@v1'],
    ['b', 'issues', 'octocat/two@v2'],
  ]);
  expect(finding?.hint).toContain('uses: octocat/one@<commit> # v1');
});

describe('an ignore comment', () => {
  test('at the step takes out that action alone', () => {
    const text = jobWith('push', '{ contents: write }', [
      `uses: octocat/one@v1 # effective-permissions: ignore[${RULE}] ours in all but name`,
      'uses: octocat/two@v1',
    ]);
    expect(findingsOf(RULE, text, KNOWN).map(({ message }) => message)).toEqual([
      "'octocat/two@v1' (line 8) is at a tag or a branch, which somebody else can move, and the job 'build' has `contents: write`.",
    ]);
  });
});

describe('a called workflow', () => {
  const CALLED = 'octocat/workflows/.github/workflows/c.yml';
  const PATH = '.github/workflows/a.yml';
  const caller = (ref: string, block: string) => ({
    [PATH]: `on: push\npermissions: ${block}\njobs:\n  call: { uses: '${CALLED}@${ref}' }\n`,
  });
  const callee = (steps: string) =>
    `on: workflow_call\njobs:\n  build:\n    runs-on: x\n    steps:\n      - ${steps}\n`;
  const found = (ref: string, block: string, steps = 'run: make') =>
    findingsWithCalls(RULE, caller(ref, block), { [`${CALLED}@${ref}`]: callee(steps) }, KNOWN);

  test('at a tag runs with what the caller grants', async () => {
    expect(await found('v1', '{ contents: write }')).toMatchObject([{ level: 'warning', path: PATH, line: 4 }]);
  });

  test('is fine at a commit, and with reads', async () => {
    expect(await found(SHA, '{ contents: write }')).toEqual([]);
    expect(await found('v1', '{ contents: read }')).toEqual([]);
  });

  test('pins its own actions itself', async () => {
    expect(await found(SHA, '{ contents: write }', 'uses: octocat/action@v1')).toEqual([]);
  });

  test('that was not read is a guess', () => {
    const [finding] = findingsOf(RULE, caller('v1', '{ contents: write }'), KNOWN);
    expect(finding?.message).toContain(
      'This holds only if the called workflow that could not be read has no block of its own that asks for less.',
    );
  });

  test('with what only an unknown default gives is silent', async () => {
    const files = { [PATH]: `on: push\njobs:\n  call: { uses: '${CALLED}@v1' }\n` };
    const called = { [`${CALLED}@v1`]: callee('run: make') };
    const level = async (known: object) =>
      (await findingsWithCalls(RULE, files, called, { ...KNOWN, ...known })).map((finding) => finding.level);
    expect(await level({})).toEqual([]);
    expect(await level({ default: 'write' })).toEqual(['warning']);
  });

  test('may need a tag: the builders of SLSA refuse commits', () => {
    const builder = 'slsa-framework/slsa-github-generator/.github/workflows/generator_generic_slsa3.yml';
    const text = (ref: string) => `on: push\npermissions: write-all\njobs:\n  call: { uses: '${builder}@${ref}' }\n`;
    expect(levelsOf(RULE, text('v2.1.0'), KNOWN)).toEqual([]);
    expect(levelsOf(RULE, text('main'), KNOWN)).toEqual(['warning ci.yml:4']);
  });
});

test('a write of an unknown default alone is silent: a missing block is told by another rule', () => {
  const text = 'on: push\njobs:\n  build:\n    runs-on: x\n    steps:\n      - uses: octocat/action@v1\n';
  const files = { '.github/workflows/a.yml': text, '.github/workflows/b.yml': text };
  expect(levelsOf(RULE, files, KNOWN)).toEqual([]);
  expect(levelsOf(RULE, files, { ...KNOWN, default: 'write' })).toEqual(['warning a.yml:6', 'warning b.yml:6']);
  expect(levelsOf(RULE, files, { ...KNOWN, default: 'read' })).toEqual([]);
});

test('owners that the policy trusts', () => {
  const text = jobWith('push', '{ contents: write }', ['uses: Octocat/action@v1']);
  const messages = (owners: readonly string[]) => checkedJobs(RULE, text, { trustedOwners: owners }).length;
  expect([messages([]), messages(['octocat'])]).toEqual([1, 0]);
});

describe('what it says', () => {
  const found = (steps: readonly string[], known: typeof KNOWN | object = KNOWN) =>
    findingsOf(RULE, jobWith('push', '{ contents: write, issues: write }', steps), known);
  const MOVED = 'at a tag or a branch, which somebody else can move, and';
  const BOTS = 'Dependabot and Renovate keep such pins up to date.';
  const commit = (location: string, ref: string) =>
    `Pin each to a full commit, with the version in a comment: \`uses: ${location}@<commit> # ${ref}\`. Or give the write to a job without it. ${BOTS}`;

  test.each<readonly [string, readonly string[], string, string]>([
    ['of one action', ['uses: octocat/action@v1'], "'octocat/action@v1' (line 7) is", commit('octocat/action', 'v1')],
    [
      'of one action, however its owner is written',
      ['uses: octocat/action@v1', 'uses: Octocat/action@v1'],
      "'octocat/action@v1' (line 7) is",
      commit('octocat/action', 'v1'),
    ],
    [
      'of an image and an action',
      ['uses: docker://alpine:3', 'uses: octocat/action/sub@main'],
      "'docker://alpine:3' (line 7) and 'octocat/action/sub@main' (line 8) are",
      commit('octocat/action/sub', 'main'),
    ],
    [
      'of an image',
      ['uses: docker://alpine:3.20'],
      "'docker://alpine:3.20' (line 7) is",
      `Pin it to a digest: \`uses: docker://alpine@sha256:…\`. ${BOTS}`,
    ],
    [
      'of an image of a registry with a port',
      ['uses: docker://registry.example:5000/team/image:3'],
      "'docker://registry.example:5000/team/image:3' (line 7) is",
      `Pin it to a digest: \`uses: docker://registry.example:5000/team/image@sha256:…\`. ${BOTS}`,
    ],
    [
      'of an image without a tag',
      ['uses: docker://registry.example:5000/team/image'],
      "'docker://registry.example:5000/team/image' (line 7) is",
      `Pin it to a digest: \`uses: docker://registry.example:5000/team/image@sha256:…\`. ${BOTS}`,
    ],
    [
      'of an image whose path only looks like one of ours',
      ['uses: docker://example.com/ghcr.io/octo-org/x:1'],
      "'docker://example.com/ghcr.io/octo-org/x:1' (line 7) is",
      `Pin it to a digest: \`uses: docker://example.com/ghcr.io/octo-org/x@sha256:…\`. ${BOTS}`,
    ],
  ])('%s', (_, steps, what, hint) => {
    expect(found(steps)).toMatchObject([
      { message: `${what} ${MOVED} the job 'build' has \`contents: write\` and \`issues: write\`.`, hint },
    ]);
  });

  test('of a called workflow, and not of one of a trusted owner', () => {
    const call = (owner: string) =>
      `on: push\npermissions: { contents: write }\njobs:\n  call: { uses: ${owner}/x/.github/workflows/a.yml@v1 }\n`;
    expect(findingsOf(RULE, call('octocat'), KNOWN)).toMatchObject([
      {
        line: 4,
        column: 17,
        subjects: [{ permission: 'contents', granted: 'write', about: 'octocat/x/.github/workflows/a.yml@v1' }],
      },
    ]);
    expect(findingsOf(RULE, call('Octo-Org'), KNOWN)).toEqual([]);
  });

  test('of jobs of a called workflow by their way', () => {
    const files = {
      '.github/workflows/a.yml':
        'on: push\npermissions: { contents: write }\njobs:\n  x: { uses: ./.github/workflows/b.yml }\n  y: { uses: ./.github/workflows/b.yml }\n',
      '.github/workflows/b.yml':
        'on: workflow_call\njobs:\n  c: { runs-on: x, steps: [{ uses: octocat/action@v1 }] }\n',
    };
    expect(findingsOf(RULE, files, KNOWN).map(({ message }) => message)).toEqual([
      `'octocat/action@v1' (line 3) is ${MOVED} the jobs 'x/c' and 'y/c' have \`contents: write\`.`,
    ]);
  });

  test('an ignore comment at the job is about all of it', () => {
    const text = jobWith('push', '{ contents: write }', ['uses: octocat/action@v1', 'uses: octocat/other@v1']);
    const ignored = text.replace('  build:\n', `  build: # effective-permissions: ignore[${RULE}] ours\n`);
    expect(findingsOf(RULE, ignored, KNOWN)).toEqual([]);
  });

  test('an ignore comment at one line leaves the others', () => {
    const ignored = `uses: octocat/other@v1 # effective-permissions: ignore[${RULE}] ours`;
    expect(found(['uses: octocat/action@v1', ignored]).map(({ message }) => message)).toEqual([
      `'octocat/action@v1' (line 7) is ${MOVED} the job 'build' has \`contents: write\` and \`issues: write\`.`,
    ]);
  });
});
