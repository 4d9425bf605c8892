import { describe, expect, test } from '@jest/globals';

import { findingsOf, jobWith, levelsOf } from './rule-findings.ts';

const RULE = 'waits-for-token-event';
const RELEASED = '{ release: { types: [published] } }';
const TAGGED = "{ push: { tags: ['v*'] } }";

function levels(
  steps: readonly string[],
  waitsFor: string,
  on = '{ push: { branches: [main] } }',
  block = '{ contents: write }',
) {
  return levelsOf(RULE, {
    '.github/workflows/make.yml': jobWith(on, block, steps),
    '.github/workflows/wait.yml': jobWith(waitsFor, '{}', ['run: npm publish']),
  });
}

const RELEASE = 'uses: softprops/action-gh-release@v2';
const GH = 'run: gh release create v1\nenv: { GH_TOKEN: "${{ github.token }}" }';
const PUSH = 'run: |\n  git tag v1\n  git push origin --tags';
const CHECKOUT = 'uses: actions/checkout@v6';
const SITE = 'uses: peaceiris/actions-gh-pages@v4\nwith: { github_token: "${{ secrets.GITHUB_TOKEN }}" }';
const PLEASE = 'uses: googleapis/release-please-action@v4';

describe('a workflow that waits in vain', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['for a release of an action', [RELEASE], RELEASED],
    [
      'for a release, with the own token written',
      [`${RELEASE}\nwith: { token: "\${{ secrets.GITHUB_TOKEN }}" }`],
      RELEASED,
    ],
    ['for a release of the command line', [GH], RELEASED],
    ['for any release', [RELEASE], 'release'],
    ['for tags that git pushes', [CHECKOUT, PUSH], TAGGED],
    ['for a tag by its name', [CHECKOUT, 'run: git push origin "v$VERSION"'], TAGGED],
    ['for a site that git pushes', [CHECKOUT, 'run: git push --force origin HEAD:gh-pages'], 'page_build'],
    ['for a site of an action', [SITE], 'page_build'],
    ['for both', [PLEASE], "{ push: { tags: ['v*'] }, release: { types: [published] } }"],
  ])('%s', (_, steps, waitsFor) => {
    expect(levels(steps, waitsFor)).toEqual(['note wait.yml:1']);
  });
});

describe('silent', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['it can be started otherwise', [RELEASE], '{ release: { types: [published] }, workflow_dispatch: {} }'],
    ['it starts by branches too', [CHECKOUT, PUSH], "{ push: { tags: ['v*'], branches: [main] } }"],
    ['it waits for people', [RELEASE], '{ release: { types: [edited] } }'],
    ['a person publishes the draft', [`${RELEASE}\nwith: { draft: true }`], RELEASED],
    ['a person publishes the draft of gh', [GH.replace('v1', 'v1 --draft')], RELEASED],
    ['another token makes it', [`${RELEASE}\nwith: { token: "\${{ secrets.PAT }}" }`], RELEASED],
    ['the token of an App makes it', [GH.replace('github.token', 'steps.app.outputs.token')], RELEASED],
    ['another token is stored', [`${CHECKOUT}\nwith: { token: "\${{ secrets.PAT }}" }`, PUSH], TAGGED],
    ['a key is stored', [`${CHECKOUT}\nwith: { ssh-key: "\${{ secrets.KEY }}" }`, PUSH], TAGGED],
    ['nothing is stored', [`${CHECKOUT}\nwith: { persist-credentials: false }`, PUSH], TAGGED],
    ['git pushes elsewhere', [CHECKOUT, 'run: git remote set-url origin https://x:$T@github.com/o/r', PUSH], TAGGED],
    ['git moves a tag', [CHECKOUT, 'run: git push --force origin "$SHA:refs/tags/v1"'], TAGGED],
    ['a key pushes the site', [SITE.replace('github_token', 'deploy_key')], 'page_build'],
    ['git pushes another branch', [CHECKOUT, 'run: git push origin HEAD:gh-pages-source'], 'page_build'],
    ['git pushes a branch', [CHECKOUT, 'run: git push origin main'], TAGGED],
    ['pull requests wait for approval alone', ['uses: peter-evans/create-pull-request@v7'], 'pull_request'],
    ['only one of two events is made', [RELEASE], "{ push: { tags: ['v*'] }, release: { types: [published] } }"],
  ])('%s', (_, steps, waitsFor) => {
    expect(levels(steps, waitsFor)).toEqual([]);
  });

  test('a job that may not write makes nothing', () => {
    expect(levels([RELEASE], RELEASED, 'push', '{ contents: read }')).toEqual([]);
  });

  test('whoever pushed the tag before has started it', () => {
    expect(levels([CHECKOUT, PUSH], TAGGED, TAGGED)).toEqual([]);
    expect(levels([RELEASE], RELEASED, TAGGED)).toEqual(['note wait.yml:1']);
  });
});

describe('which events and jobs count', () => {
  test.each<readonly [string, readonly string[], string, string, number]>([
    [
      'a release is one, whatever it is called',
      [RELEASE],
      '{ release: { types: [created, released, prereleased] } }',
      'push',
      1,
    ],
    ['but not one that people edit, too', [RELEASE], '{ release: { types: [published, edited] } }', 'push', 0],
    ['of two that are made, one is enough', [PLEASE], RELEASED, 'push', 1],
    [
      'branches that are left out are branches',
      [CHECKOUT, PUSH],
      "{ push: { tags: ['v*'], branches-ignore: [x] } }",
      'push',
      0,
    ],
    ['any push is one of a branch, too', [CHECKOUT, PUSH], 'push', '{ push: { branches: [main] } }', 0],
    ['who started by a release had a tag', [CHECKOUT, PUSH], TAGGED, RELEASED, 0],
    ['also when it can be started otherwise', [CHECKOUT, PUSH], TAGGED, '[release, workflow_dispatch]', 0],
    ['a fork may not, but the repository itself may', [RELEASE], RELEASED, '[push, pull_request]', 1],
    ['what GitHub refuses waits for nothing', [RELEASE], `${RELEASED}\nfoo: 1`, 'push', 0],
  ])('%s', (_, steps, waitsFor, on, count) => {
    expect(levels(steps, waitsFor, on)).toHaveLength(count);
  });

  test('a workflow does not wait for itself', () => {
    expect(levelsOf(RULE, jobWith(RELEASED, '{ contents: write }', [RELEASE]))).toEqual([]);
  });

  test('a write that only an unknown default gives is not certain', () => {
    const files = {
      '.github/workflows/make.yml': `on: push\njobs:\n  make:\n    runs-on: x\n    steps: [{ ${RELEASE} }]\n`,
      '.github/workflows/wait.yml': jobWith(RELEASED, '{}', ['run: npm publish']),
    };
    expect(levelsOf(RULE, files)).toEqual([]);
    expect(levelsOf(RULE, files, { default: 'write' })).toEqual(['note wait.yml:1']);
    expect(levelsOf(RULE, files, { default: 'read' })).toEqual([]);
  });

  test('also where the job does not run by each event', () => {
    const job = `make:\n    if: github.event_name == 'push'\n    runs-on: x\n    steps: [{ ${RELEASE} }]\n`;
    const files = {
      '.github/workflows/make.yml': `on: [push, issues]\njobs:\n  ${job}`,
      '.github/workflows/wait.yml': jobWith(RELEASED, '{}', ['run: npm publish']),
    };
    expect(levelsOf(RULE, files)).toEqual([]);
    expect(levelsOf(RULE, files, { default: 'write' })).toEqual(['note wait.yml:1']);
  });
});

describe('what it says', () => {
  const HINT =
    'Call it from there: give it `workflow_call`, or start it by `gh workflow run` with `actions: write`, since `workflow_dispatch` does start runs. Or make it with the token of a GitHub App.';
  const found = (steps: readonly string[], waitsFor: string) =>
    findingsOf(RULE, {
      '.github/workflows/make.yml': jobWith('push', '{ contents: write }', steps),
      '.github/workflows/wait.yml': jobWith(waitsFor, '{}', ['run: npm publish']),
    });

  test.each<readonly [string, readonly string[], string, RegExp, string]>([
    [
      'of a release, without what else the job makes',
      [RELEASE, SITE],
      RELEASED,
      /^This workflow starts by a release alone, and what [^,]* of \.github\/workflows\/make\.yml makes with the job's own token starts no runs\.$/,
      'release',
    ],
    [
      'of a site',
      [SITE],
      'page_build',
      /^This workflow starts by a build of GitHub Pages alone, and what .* of \.github\/workflows\/make\.yml pushes with the job's own token builds no GitHub Pages\.$/,
      'page_build',
    ],
    [
      'of both',
      [PLEASE],
      "{ push: { tags: ['v*'] }, release: { types: [published] } }",
      /^This workflow starts by a pushed tag or a release alone, and what .* makes with the job's own token starts no runs\.$/,
      'push,release',
    ],
  ])('%s', (_, steps, waitsFor, message, about) => {
    expect(found(steps, waitsFor)).toMatchObject([
      {
        message: expect.stringMatching(message),
        hint: HINT,
        subjects: [{ workflow: '.github/workflows/wait.yml', about }],
      },
    ]);
  });

  test('an ignore comment may stand at the job that makes it', () => {
    const make = jobWith('push', '{ contents: write }', [RELEASE]);
    const files = {
      '.github/workflows/make.yml': make.replace(
        '  build:',
        `  build: # effective-permissions: ignore[${RULE}] by hand`,
      ),
      '.github/workflows/wait.yml': jobWith(RELEASED, '{}', ['run: npm publish']),
    };
    expect(findingsOf(RULE, files)).toEqual([]);
  });
});
