import { describe, expect, test } from '@jest/globals';
import { actionUse, knowsAction } from '../../src/needs/actions/action-use.ts';
import type { StepContext, TokenReach } from '../../src/needs/step-context.ts';
import { short, stepWith } from './using.ts';

type Inputs = Readonly<Record<string, string>>;

function use(uses: string, inputs: Inputs = {}, reach: Partial<TokenReach> = {}, more: Partial<StepContext> = {}) {
  const [name = '', ref = ''] = uses.split('@');
  const given = new Map(Object.entries(inputs).map(([key, value]) => [key.toLowerCase(), value]));
  const step = { path: '.github/workflows/ci.yml', line: 9, column: 15, name, ref, inputs: given };
  return actionUse(step, stepWith(reach, more));
}

function needs(...given: Parameters<typeof use>): readonly string[] {
  const found = use(...given);
  return found === null ? ['not known'] : short(found);
}

const OWN = '${{ secrets.GITHUB_TOKEN }}';
const OTHER = '${{ secrets.BOT_TOKEN }}';
const ENV = { env: { GITHUB_TOKEN: OWN } };
const GIT = { git: true };
const GHCR = { registries: ['ghcr.io'] };
const ON_PULL_REQUEST = { events: ['pull_request'] };
const SHA = '45996ed1f6d02564a971a2fa1b5860e934307cf7';

describe('actions/checkout', () => {
  test.each<[Inputs, readonly string[], boolean | undefined]>([
    [{}, ['contents: read'], true],
    [{ token: OWN }, ['contents: read'], true],
    [{ 'persist-credentials': 'false' }, ['contents: read'], false],
    [{ 'persist-credentials': 'false', path: 'sub' }, ['contents: read'], undefined],
    [{ token: OTHER }, [], false],
    [{ token: '${{ steps.app.outputs.token }}' }, [], false],
    [{ token: '${{ secrets.BOT_TOKEN || github.token }}' }, ['? contents'], false],
    [{ 'ssh-key': '${{ secrets.KEY }}' }, [], false],
    [{ repository: 'octo/hello' }, ['contents: read'], true],
    [{ repository: '${{ github.repository }}' }, ['contents: read'], true],
    [{ repository: '${{ github.event.pull_request.head.repo.full_name }}' }, ['contents: read'], true],
    [{ repository: 'octo/other', path: 'other' }, [], undefined],
    [{ repository: '${{ github.repository_owner }}/other', path: 'other' }, [], undefined],
    [{ repository: '${{ matrix.repository }}', path: 'other' }, ['? contents'], undefined],
  ])('%j', (inputs, expected, git) => {
    const found = use('actions/checkout@v4', inputs)!;
    expect(short(found)).toEqual(expected);
    expect(found.leaves?.git).toBe(git);
  });

  test('a public repository can be read without', () => {
    expect(use('actions/checkout@v4')!.needs).toMatchObject([{ publicRead: true, line: 9, column: 15 }]);
    expect(use('actions/checkout@v4')!.needs[0]).not.toHaveProperty('when');
  });

  test('the first version kept the credentials to itself', () => {
    expect(use('actions/checkout@v1')!.leaves?.git).toBe(false);
  });
});

describe('what actions need', () => {
  test.each<[string, Inputs, Partial<TokenReach>, Partial<StepContext>, readonly string[]]>([
    // Nothing
    ['actions/cache@v4', {}, ENV, {}, []],
    ['actions/setup-python@v5', {}, ENV, {}, []],
    ['actions/upload-artifact@v4', {}, ENV, {}, []],
    ['actions/create-github-app-token@v2', {}, ENV, {}, []],
    ['codecov/codecov-action@v4', { token: OTHER }, {}, {}, []],
    ['docker/setup-buildx-action@v3', {}, {}, {}, []],
    ['pnpm/action-setup@v4', {}, ENV, {}, []],
    // GitHub's own
    ['actions/download-artifact@v4', {}, {}, {}, []],
    ['actions/download-artifact@v4', { 'github-token': OWN, 'run-id': '1' }, {}, {}, ['actions: read']],
    ['actions/labeler@v5', {}, {}, ON_PULL_REQUEST, ['contents: read', 'pull-requests: write']],
    ['actions/labeler@v5', { 'repo-token': OTHER }, {}, ON_PULL_REQUEST, []],
    ['actions/stale@v9', {}, {}, {}, ['actions: write', 'issues: write', 'pull-requests: write']],
    ['actions/stale@v8', {}, {}, {}, ['issues: write', 'pull-requests: write']],
    ['actions/stale@v8', { 'days-before-pr-stale': '-1', 'days-before-pr-close': '-1' }, {}, {}, ['issues: write']],
    [
      'actions/stale@v8',
      { 'days-before-stale': '-1', 'days-before-close': '-1', 'days-before-pr-stale': '60' },
      {},
      {},
      ['pull-requests: write'],
    ],
    ['actions/stale@v8', { 'debug-only': 'true' }, {}, {}, []],
    ['actions/deploy-pages@v4', {}, {}, {}, ['id-token: write', 'pages: write']],
    ['actions/configure-pages@v5', {}, {}, {}, ['pages: read']],
    ['actions/configure-pages@v5', { enablement: 'true' }, {}, {}, ['pages: read']],
    ['github/combine-prs@v5', { ci_required: 'false' }, {}, {}, ['contents: write', 'pull-requests: write']],
    ['peter-evans/rebase@v3', {}, {}, {}, ['contents: write', 'pull-requests: read']],
    ['actions/dependency-review-action@v4', {}, {}, ON_PULL_REQUEST, ['contents: read']],
    [
      'actions/dependency-review-action@v4',
      { 'comment-summary-in-pr': 'always' },
      {},
      ON_PULL_REQUEST,
      ['contents: read', 'pull-requests: write'],
    ],
    ['actions/github-script@v7', { script: 'await github.rest.issues.createComment({})' }, {}, {}, ['issues: write']],
    ['actions/github-script@v7', { script: 'github.rest.issues.create({})', 'github-token': OTHER }, {}, {}, []],
    ['actions/attest-build-provenance@v2', {}, {}, {}, ['attestations: write', 'id-token: write']],
    [
      'actions/attest-build-provenance@v2',
      { 'push-to-registry': 'true' },
      GHCR,
      {},
      ['attestations: write', 'id-token: write', 'packages: write'],
    ],
    ['github/codeql-action/analyze@v3', {}, {}, {}, ['actions: read', 'contents: read', 'security-events: write']],
    ['github/codeql-action/upload-sarif@v3', { token: OTHER }, {}, {}, []],
    // Identity
    ['aws-actions/configure-aws-credentials@v4', { 'role-to-assume': 'arn:aws:x' }, {}, {}, ['id-token: write']],
    ['aws-actions/configure-aws-credentials@v4', { 'role-to-assume': '${{ vars.ROLE }}' }, {}, {}, ['id-token: write']],
    ['aws-actions/configure-aws-credentials@v4', { 'role-to-assume': '${{ inputs.role }}' }, {}, {}, ['? id-token']],
    [
      'aws-actions/configure-aws-credentials@v4',
      { 'role-to-assume': 'arn:aws:x', 'aws-access-key-id': '${{ secrets.ID }}' },
      {},
      {},
      [],
    ],
    ['google-github-actions/auth@v2', { workload_identity_provider: 'projects/1' }, {}, {}, ['id-token: write']],
    ['google-github-actions/auth@v2', { credentials_json: '${{ secrets.KEY }}' }, {}, {}, []],
    ['azure/login@v2', { 'client-id': '${{ secrets.ID }}' }, {}, {}, ['id-token: write']],
    ['azure/login@v2', { creds: '${{ secrets.CREDS }}' }, {}, {}, []],
    ['hashicorp/vault-action@v3', { method: 'jwt' }, {}, {}, ['id-token: write']],
    ['hashicorp/vault-action@v3', { token: '${{ secrets.VAULT }}' }, {}, {}, []],
    ['pypa/gh-action-pypi-publish@release/v1', {}, {}, {}, ['id-token: write']],
    ['pypa/gh-action-pypi-publish@release/v1', { password: '${{ secrets.PYPI }}' }, {}, {}, []],
    ['codecov/codecov-action@v5', { use_oidc: 'true' }, {}, {}, ['id-token: write']],
    // Releases, pushes and pull requests
    ['softprops/action-gh-release@v2', {}, {}, {}, ['contents: write']],
    ['softprops/action-gh-release@v2', { token: OTHER }, {}, {}, []],
    ['softprops/action-gh-release@v1', {}, { env: { GITHUB_TOKEN: OTHER } }, {}, []],
    ['goreleaser/goreleaser-action@v6', { args: 'release --clean' }, ENV, {}, ['? issues', 'contents: write']],
    ['goreleaser/goreleaser-action@v6', { args: 'release --snapshot' }, ENV, {}, []],
    ['goreleaser/goreleaser-action@v6', { args: 'build' }, ENV, {}, []],
    ['peter-evans/create-pull-request@v7', {}, {}, {}, ['contents: write', 'pull-requests: write']],
    ['peter-evans/create-pull-request@v7', { token: OTHER }, GIT, {}, []],
    ['peter-evans/create-or-update-comment@v4', {}, {}, {}, ['issues: write']],
    ['peter-evans/create-or-update-comment@v4', {}, {}, ON_PULL_REQUEST, ['pull-requests: write']],
    ['stefanzweifel/git-auto-commit-action@v5', {}, GIT, {}, ['contents: write']],
    ['stefanzweifel/git-auto-commit-action@v5', {}, {}, {}, []],
    ['ad-m/github-push-action@v0.8.0', { github_token: OWN }, {}, {}, ['contents: write']],
    ['peaceiris/actions-gh-pages@v4', { github_token: OWN }, {}, {}, ['contents: write']],
    ['peaceiris/actions-gh-pages@v4', { deploy_key: '${{ secrets.KEY }}' }, {}, {}, []],
    ['jamesives/github-pages-deploy-action@v4', {}, {}, {}, ['contents: write']],
    ['release-drafter/release-drafter@v6', {}, {}, {}, []],
    ['release-drafter/release-drafter@v6', {}, ENV, {}, ['contents: read', 'contents: write', 'pull-requests: read']],
    [
      'release-drafter/release-drafter@v6',
      { 'disable-releaser': 'true' },
      ENV,
      ON_PULL_REQUEST,
      ['? pull-requests', 'contents: read'],
    ],
    ['endbug/label-sync@v2', { 'config-file': 'labels.yml' }, {}, {}, ['issues: write']],
    ['crazy-max/ghaction-github-labeler@v5', {}, {}, {}, ['contents: read', 'issues: write']],
    ['endbug/label-sync@v2', { token: OTHER }, {}, {}, []],
    ['changesets/action@v1', {}, ENV, {}, ['contents: write', 'pull-requests: write']],
    // Reports
    ['dorny/paths-filter@v3', {}, {}, ON_PULL_REQUEST, ['pull-requests: read']],
    ['dorny/paths-filter@v3', {}, GIT, {}, ['contents: read', 'pull-requests: read']],
    ['dorny/test-reporter@v1', {}, {}, {}, ['checks: write']],
    [
      'artiomtr/jest-coverage-report-action@v2',
      { annotations: 'none' },
      {},
      {},
      ['contents: write', 'pull-requests: write'],
    ],
    ['mikepenz/action-junit-report@v5', { annotate_only: 'true' }, {}, {}, []],
    ['tj-actions/changed-files@v46', {}, GIT, ON_PULL_REQUEST, ['contents: read']],
    ['tj-actions/changed-files@v46', {}, {}, ON_PULL_REQUEST, ['? pull-requests']],
    ['octokit/request-action@v2.x', { route: 'POST /repos/{owner}/{repo}/check-runs' }, ENV, {}, ['checks: write']],
    [
      'octokit/request-action@v2.x',
      { route: 'POST /repos/{owner}/hello/issues', owner: 'else' },
      ENV,
      {},
      ['! a token for else/hello'],
    ],
    [
      'octokit/request-action@v2.x',
      { route: 'POST /repos/${{ github.repository }}/check-runs' },
      ENV,
      {},
      ['checks: write'],
    ],
    // Scripts
    ['nick-fields/retry@v3', { command: 'gh release upload v1 a' }, ENV, {}, ['contents: write']],
    ['nick-fields/retry@v3', { command: 'npm test' }, {}, {}, []],
    ['azure/powershell@v2', { inlineScript: 'gh issue create -t a' }, ENV, {}, ['issues: write']],
  ])('%s with %j', (uses, inputs, reach, more, expected) => {
    expect(needs(uses, inputs, reach, more)).toEqual(expected);
  });
});

describe('registries', () => {
  const LOGIN = { registry: 'ghcr.io', username: '${{ github.actor }}', password: OWN };

  test.each<[Inputs, readonly string[], readonly string[] | undefined]>([
    [LOGIN, [], ['ghcr.io']],
    [{ ...LOGIN, registry: '${{ env.REGISTRY }}' }, [], ['ghcr.io']],
    [{ ...LOGIN, password: OTHER }, [], undefined],
    [{ ...LOGIN, password: '${{ secrets.PAT || github.token }}' }, ['? packages'], undefined],
    [{ username: 'octo', password: OTHER }, [], undefined],
  ])('a login with %j', (inputs, expected, registries) => {
    const found = use('docker/login-action@v3', inputs)!;
    expect(short(found)).toEqual(expected);
    expect(found.leaves?.registries).toEqual(registries);
  });

  test.each<[Inputs, Partial<TokenReach>, readonly string[], readonly string[]]>([
    [{ push: 'true', tags: 'ghcr.io/octo/hello:1' }, GHCR, ['push'], ['packages: write']],
    [{ push: 'true', tags: 'ghcr.io/octo/hello:1' }, {}, ['push'], []],
    [{ push: 'false', tags: 'ghcr.io/octo/hello:1' }, GHCR, ['push'], ['packages: read']],
    [{ push: 'false', tags: 'ghcr.io/octo/hello:1' }, {}, ['push'], []],
    [{ tags: 'ghcr.io/octo/hello:1' }, GHCR, ['push'], ['packages: read']],
    [{ push: 'true', tags: 'octo/hello:1' }, GHCR, ['push'], ['packages: read']],
    [{ push: 'true', tags: '${{ steps.meta.outputs.tags }}' }, GHCR, ['push'], ['? packages']],
    [{ push: '${{ inputs.push }}', tags: 'ghcr.io/octo/hello:1' }, GHCR, ['push'], ['? packages']],
    [
      { push: "${{ github.event_name != 'pull_request' }}", tags: 'ghcr.io/octo/hello:1' },
      GHCR,
      ['push', 'pull_request'],
      ['packages: write'],
    ],
    [
      { push: "${{ github.event_name != 'pull_request' }}", tags: 'ghcr.io/octo/hello:1' },
      GHCR,
      ['pull_request'],
      ['packages: read'],
    ],
    [{ outputs: 'type=image,name=ghcr.io/octo/hello,push=true' }, GHCR, ['push'], ['packages: write']],
    [
      { outputs: 'type=image,name=ghcr.io/octo/hello,push-by-digest=true,push=${{ inputs.plan != "" }}' },
      GHCR,
      ['push'],
      ['? packages'],
    ],
    [{ outputs: 'type=image,name=ghcr.io/octo/hello,push=false' }, GHCR, ['push'], ['packages: read']],
    [{ 'cache-to': 'type=registry,ref=ghcr.io/octo/cache' }, GHCR, ['push'], ['packages: write']],
    [{ push: 'true', tags: '${{ env.REGISTRY }}/hello:1' }, GHCR, ['push'], ['packages: write']],
  ])('a build with %j', (inputs, reach, events, expected) => {
    const env = { env: { REGISTRY: 'ghcr.io/octo' } };
    const found = needs('docker/build-push-action@v6', { context: '.', ...inputs }, { ...env, ...reach }, { events });
    expect(found).toEqual(expected);
  });

  test('a build in a job that is logged in keeps what reads its images', () => {
    const found = use('docker/build-push-action@v6', { context: '.' }, GHCR)!;
    expect(found.needs).toMatchObject([{ permission: 'packages', level: 'read', optional: true }]);
  });

  test('a push in some events only', () => {
    const push = "${{ github.event_name == 'push' }}";
    const inputs = { push, tags: 'ghcr.io/octo/hello:1', context: '.' };
    const found = use('docker/build-push-action@v6', inputs, GHCR, { events: ['push', 'schedule'] })!;
    expect(found.needs).toMatchObject([{ when: { events: ['push'] } }]);
  });

  test('the tags that an earlier step made', () => {
    const images = { images: 'ghcr.io/${{ github.repository }}' };
    expect(use('docker/metadata-action@v5', images)!.leaves).toBeUndefined();
    const { registries = [] } = use('docker/metadata-action@v5', images, GHCR)!.leaves!;
    const others = use('docker/metadata-action@v5', { images: '${{ inputs.image }}' }, GHCR)!.leaves!.registries!;
    const push = { context: '.', push: 'true', tags: '${{ steps.meta.outputs.tags }}' };
    const after = (...more: readonly string[]) =>
      needs('docker/build-push-action@v6', push, { registries: ['ghcr.io', ...more] });
    expect(after(...registries)).toEqual(['packages: write']);
    expect(after(...others)).toEqual(['? packages']);
    expect(after(...registries, ...others)).toEqual(['? packages']);
  });

  test('what a bake pushes stands in its files', () => {
    expect(needs('docker/bake-action@v5', { push: 'true', source: '.' }, GHCR)).toEqual(['? packages']);
    expect(needs('docker/bake-action@v5', { push: 'true', source: '.' })).toEqual([]);
  });

  test('package registries', () => {
    const env = { NODE_AUTH_TOKEN: OWN, NUGET_AUTH_TOKEN: OWN };
    const npm = { 'registry-url': 'https://npm.pkg.github.com' };
    expect(use('actions/setup-node@v4', npm, { env })!.leaves).toEqual({ stored: true });
    expect(use('actions/setup-node@v4', npm)!.leaves).toBeUndefined();
    const nuget = { 'source-url': 'https://nuget.pkg.github.com/octo/index.json' };
    expect(use('actions/setup-dotnet@v4', nuget, { env })!.leaves).toEqual({ registries: ['nuget.pkg.github.com'] });
    expect(use('ko-build/setup-ko@v0.9')!.leaves).toEqual({ registries: ['ghcr.io'] });
    expect(use('ko-build/setup-ko@v0.9', {}, { env: { KO_DOCKER_REPO: 'docker.io/octo' } })!.leaves).toBeUndefined();
  });
});

test('two lines that come to the same are said once', () => {
  expect(use('actions/stale@v9')!.needs.map(({ permission }) => permission)).toEqual([
    'issues',
    'pull-requests',
    'actions',
  ]);
});

describe('versions', () => {
  test('an action, or a version of it, that nobody looked at', () => {
    expect(use('octo/nobody-knows@v1')).toBeNull();
    expect(use('constructor/constructor@v1')).toBeNull();
    expect(knowsAction('octo/nobody-knows', 'v1')).toBe(false);
    expect(knowsAction('actions/stale', SHA)).toBe(true);
    expect(use('gradle/gradle-build-action@v3')).toBeNull();
    expect(use(`gradle/gradle-build-action@${SHA}`)).toBeNull();
  });

  test('a version that is newer than what was looked at', () => {
    expect(needs('actions/stale@v99')).toEqual(needs('actions/stale@v9'));
  });

  test('a commit that may be of several versions', () => {
    expect(needs(`actions/stale@${SHA}`)).toEqual(['actions: write', 'issues: write', 'pull-requests: write']);
    expect(needs(`release-drafter/release-drafter@${SHA}`)).toEqual(['? contents pull-requests']);
    expect(needs(`peter-evans/create-pull-request@${SHA}`)).toEqual(['contents: write', 'pull-requests: write']);
  });
});

test('what a release does beside stands in the configuration', () => {
  const release = (text: string) =>
    needs(
      'goreleaser/goreleaser-action@v6',
      { args: 'release --clean' },
      { ...ENV, identity: true, ...GHCR },
      {
        readFile: (name) => (name === '.goreleaser.yml' ? text : null),
      },
    );
  expect(release('builds: []\n')).toEqual(['contents: write']);
  expect(release('milestones:\n  - close: true\n')).toEqual(['? issues', 'contents: write']);
  expect(release('kos:\n  - id: a\n')).toEqual(['? packages', 'contents: write']);
  expect(release('release:\n  draft: true\n  disable: true\n')).toEqual([]);
  expect(release('release:\r\n\r\n  draft: true\r\n  disable: true\r\n')).toEqual([]);
  // As many empty lines as would take a pattern that tries every way to read them for ever.
  expect(release(`release:\n${' \n'.repeat(60)}`)).toEqual(['contents: write']);
  expect(release('release:\n  draft: true\nbuilds:\n  - disable: true\n')).toEqual(['contents: write']);
  expect(release('signs:\n  - cmd: cosign\n')).toEqual(['? id-token', 'contents: write']);
});

test('what is uncertain names the action for a policy to say more', () => {
  const found = use('ossf/scorecard-action@v2', { repo_token: '${{ inputs.token }}' })!;
  expect(new Set(found.uncertain.map(({ action }) => action))).toEqual(new Set(['ossf/scorecard-action']));
});
