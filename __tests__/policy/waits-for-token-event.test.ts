import { describe, expect, test } from '@jest/globals';

import { jobWith, levelsOf } from './rule-findings.ts';

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
