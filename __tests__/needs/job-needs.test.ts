import { describe, expect, test } from '@jest/globals';

import { jobReports, shortNeeds } from './job-reports.ts';

const TOKEN = 'env: { GH_TOKEN: "${{ github.token }}" }';

/** A workflow with one job of these steps. */
function workflow(steps: readonly string[], { on = 'push', permissions = '', more = '' } = {}): string {
  const block = permissions === '' ? '' : `    permissions: ${permissions}\n`;
  const list = steps.map((step) => `      - ${step}\n`).join('');
  return `on: ${on}\n${more}jobs:\n  a:\n    runs-on: ubuntu-latest\n${block}    steps:\n${list}`;
}

function needsOf(steps: readonly string[], given: Parameters<typeof workflow>[1] = {}): string {
  return shortNeeds(jobReports(workflow(steps, given)).get('a'));
}

describe('the token that a step can reach', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['none, whatever it runs', ['run: ./anything.sh && make'], 'nothing'],
    ['its own variable', [`{ run: gh issue create, ${TOKEN} }`], 'issues: write'],
    ['the variable of another step', [`{ run: 'true', ${TOKEN} }`, 'run: gh issue create'], 'nothing'],
    [
      'the one of two variables',
      [`{ run: gh issue create, env: { A: "\${{ github.token }}", GH_TOKEN: "\${{ secrets.PAT || env.A }}" } }`],
      'issues: write',
    ],
    ['another credential', ['{ run: gh issue create, env: { GH_TOKEN: "${{ secrets.PAT }}" } }'], 'nothing'],
    ['a file that another step wrote', ['run: echo "${{ github.token }}" > token', 'run: ./send.sh'], '? all'],
    [
      'a login that another step made',
      ['run: echo "${{ github.token }}" | gh auth login --with-token', 'run: gh issue create'],
      'issues: write',
    ],
  ])('%s', (_, steps, expected) => {
    expect(needsOf(steps)).toBe(expected);
  });

  test.each([
    ['workflow', `on: push\n${TOKEN}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: gh issue create\n`],
    ['job', `on: push\njobs:\n  a:\n    runs-on: x\n    ${TOKEN}\n    steps:\n      - run: gh issue create\n`],
  ])('a variable of the %s', (_, text) => {
    expect(shortNeeds(jobReports(text).get('a'))).toBe('issues: write');
  });

  test('a variable that a step has in place of the outer one', () => {
    const text = `on: push\n${TOKEN}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: gh issue create\n        env: { GH_TOKEN: "\${{ secrets.PAT }}" }\n`;
    expect(shortNeeds(jobReports(text).get('a'))).toBe('nothing');
  });
});

describe('the shell of a step', () => {
  const issue = 'gh issue create';
  test.each<readonly [string, string, string]>([
    ['bash', `{ run: "${issue}", ${TOKEN}, shell: bash }`, 'issues: write'],
    ['pwsh', `{ run: "${issue}", ${TOKEN}, shell: pwsh }`, 'issues: write'],
    ['python, which is not read', `{ run: "print(1)", ${TOKEN}, shell: python }`, '? all'],
  ])('%s', (_, step, expected) => {
    expect(needsOf([step])).toBe(expected);
  });

  test.each<readonly [string, string, string]>([
    ['windows-latest', 'if ($true) { gh issue create }', 'issues: write'],
    ['[self-hosted, windows]', 'if ($true) { gh issue create }', 'issues: write'],
    ['ubuntu-latest', 'if true; then gh issue create; fi', 'issues: write'],
  ])('is the default one of the runner %s', (runner, script, expected) => {
    const text = `on: push\njobs:\n  a:\n    runs-on: ${runner}\n    steps:\n      - run: '${script}'\n        ${TOKEN}\n`;
    expect(shortNeeds(jobReports(text).get('a'))).toBe(expected);
  });

  test('is every one that a matrix leads to', () => {
    const text = `on: push\njobs:\n  a:\n    strategy: { matrix: { os: [ubuntu-latest, windows-latest] } }\n    runs-on: \${{ matrix.os }}\n    steps:\n      - run: gh issue create\n        ${TOKEN}\n`;
    expect(shortNeeds(jobReports(text).get('a'))).toBe('issues: write');
  });

  test.each([
    ['workflow', `on: push\ndefaults: { run: { shell: pwsh } }\njobs:\n  a:\n    runs-on: x\n    steps:\n`],
    ['job', `on: push\njobs:\n  a:\n    runs-on: x\n    defaults: { run: { shell: pwsh } }\n    steps:\n`],
  ])('is the default one of the %s', (_, head) => {
    const text = `${head}      - run: 'if ($true) { gh issue create }'\n        ${TOKEN}\n`;
    expect(shortNeeds(jobReports(text).get('a'))).toBe('issues: write');
  });
});

describe('conditions of steps', () => {
  const step = (condition: string) => `{ if: "${condition}", run: gh pr comment 1 -b x, ${TOKEN} }`;

  test.each<readonly [string, string, string]>([
    ['push', "github.event_name == 'pull_request'", 'nothing'],
    ['[push, pull_request]', "github.event_name == 'pull_request'", 'pull-requests: write'],
    ['pull_request', 'failure()', 'pull-requests: write'],
    ['pull_request', 'steps.x.outputs.y', 'pull-requests: write'],
  ])('on %s under %s', (on, condition, expected) => {
    const found = needsOf([step(condition)], { on, permissions: '{ pull-requests: write }' });
    expect(found).toBe(expected);
  });

  test('decide in which runs something is needed', () => {
    const job = jobReports(
      workflow([step('github.event.pull_request.head.repo.full_name == github.repository')], {
        on: 'pull_request',
        permissions: '{ pull-requests: write }',
      }),
    ).get('a');
    expect(shortNeeds(job)).toBe('pull-requests: write');
  });
});

test('what runs for events of callers alone is not asked for', () => {
  const step = `{ if: "github.event_name == 'release'", run: gh release upload v1 x, ${TOKEN} }`;
  expect(needsOf([step], { on: '[push, workflow_call]', permissions: '{ id-token: write }' })).toBe('? contents');
  expect(needsOf([step], { on: '[release, workflow_call]', permissions: '{}' })).toBe('contents: write');
  expect(needsOf([step], { on: 'workflow_call', permissions: '{}' })).toBe('contents: write');
});

test.each<readonly [string, string, string]>([
  ['a literal of the caller', '{ release: false }', 'nothing'],
  ['a literal of the caller', '{ release: true }', 'contents: write'],
  ['the default', '{}', 'nothing'],
  ['what only the run knows', "{ release: '${{ vars.RELEASE }}' }", 'contents: write'],
])('a step of a called workflow is left out by its input: %s, %s', (_, given, expected) => {
  const texts = {
    '.github/workflows/ci.yml': `on: push\njobs:\n  a:\n    permissions: write-all\n    uses: ./.github/workflows/called.yml\n    with: ${given}\n`,
    '.github/workflows/called.yml': `on: { workflow_call: { inputs: { release: { type: boolean, default: false } } } }\njobs:\n  b:\n    runs-on: x\n    steps:\n      - if: inputs.release\n        run: gh release create v1\n        ${TOKEN}\n`,
  };
  expect(shortNeeds(jobReports(texts).get('a/b'))).toBe(expected);
});

describe('scripts of the checkout', () => {
  const script = { 'ci/issue.sh': '#!/bin/bash\ngh issue create\n' };

  test('are read once they are there', () => {
    const steps = ['uses: actions/checkout@v4', `{ run: ./ci/issue.sh, ${TOKEN} }`];
    const job = jobReports(workflow(steps), { files: script, declared: { 'actions/checkout': { contents: 'read' } } });
    expect(job.get('a')?.needs?.because.map(({ permission }) => permission)).toEqual(['contents']);
  });

  test('are not there before', () => {
    expect(shortNeeds(jobReports(workflow([`{ run: ./ci/issue.sh, ${TOKEN} }`]), { files: script }).get('a'))).toBe(
      '? all',
    );
  });
});

describe('actions', () => {
  test('that nothing is known of may use all', () => {
    const job = jobReports(workflow(['uses: acme/deploy@v1'])).get('a');
    expect(shortNeeds(job)).toBe('? all');
    expect(job?.suggested).toBeNull();
    expect(job?.needs?.unseen).toMatchObject([{ by: 'acme/deploy', action: 'acme/deploy', line: 6 }]);
  });

  test('that a policy describes need what it says', () => {
    const given = { declared: { 'acme/deploy': { deployments: 'write' as const } } };
    const job = jobReports(workflow(['uses: Acme/Deploy@v1']), given).get('a');
    expect(shortNeeds(job)).toBe('deployments: write');
    expect(job?.suggested).toEqual({ deployments: 'write' });
  });

  test('that are images use what they are handed', () => {
    expect(needsOf(['uses: docker://alpine:3'])).toBe('nothing');
    expect(needsOf([`{ uses: 'docker://alpine:3', ${TOKEN} }`])).toBe('? all');
  });
});

describe('a checkout', () => {
  test.each(['public', 'private', 'unknown'] as const)('is suggested a read in a %s repository', (visibility) => {
    const job = jobReports(workflow(['uses: actions/checkout@v5', 'run: make']), { visibility }).get('a');
    expect(shortNeeds(job)).toBe('contents: read');
    expect(job?.suggested).toEqual({ contents: 'read' });
  });

  test('leaves credentials, with which unknown programs may push', () => {
    const steps = ['uses: actions/checkout@v5', 'run: ./release.sh'];
    const job = jobReports(workflow(steps, { permissions: '{ contents: write, issues: write }' })).get('a');
    expect(shortNeeds(job)).toBe('contents: read, ? contents');
    expect(job?.suggested).toEqual({ contents: 'write' });
  });

  test('leaves none where it is told not to', () => {
    expect(needsOf(['{ uses: actions/checkout@v5, with: { persist-credentials: false } }', 'run: ./release.sh'])).toBe(
      'contents: read',
    );
  });
});

describe('what is suggested', () => {
  test.each<readonly [string, Record<string, string>]>([
    ['{ issues: write }', { issues: 'write' }],
    ['{ pull-requests: write }', { 'pull-requests': 'write' }],
  ])('keeps the one of several that is granted: %s', (permissions, expected) => {
    const steps = [`{ run: 'gh api -X POST repos/o/r/issues/1/labels', ${TOKEN} }`];
    const given = { repository: 'o/r' };
    expect(jobReports(workflow(steps, { permissions }), given).get('a')?.suggested).toEqual(expected);
  });
});

describe('calling jobs', () => {
  const called = (block: string, step: string) =>
    `on: workflow_call\njobs:\n  b:\n${block}    runs-on: x\n    steps:\n      - ${step}\n`;
  const caller = 'on: push\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n';
  const texts = (text: string) => ({ '.github/workflows/ci.yml': caller, '.github/workflows/called.yml': text });

  test('need what the called workflow asks for', () => {
    const jobs = jobReports(texts(called('    permissions: { issues: write }\n', "run: 'true'")));
    expect(shortNeeds(jobs.get('a'))).toBe('issues: write');
    expect(jobs.get('a')?.suggested).toEqual({ issues: 'write' });
  });

  test('need what called jobs without a block use', () => {
    const jobs = jobReports(texts(called('', `{ run: gh issue create, ${TOKEN} }`)));
    expect(shortNeeds(jobs.get('a'))).toBe('issues: write');
    expect(shortNeeds(jobs.get('a/b'))).toBe('issues: write');
  });

  test('of a workflow that was not read need anything', () => {
    const text = 'on: push\njobs:\n  a:\n    uses: octo/other/.github/workflows/x.yml@v1\n';
    expect(shortNeeds(jobReports(text).get('a'))).toBe('? all');
  });
});

test('a token that a caller hands on as a secret is the token of the called job', () => {
  const texts = {
    '.github/workflows/ci.yml':
      'on: push\njobs:\n  a:\n    uses: ./.github/workflows/called.yml\n    secrets: { token: "${{ secrets.GITHUB_TOKEN }}" }\n',
    '.github/workflows/called.yml':
      'on: { workflow_call: { secrets: { token: {} } } }\njobs:\n  b:\n    runs-on: x\n    steps:\n      - run: gh issue create\n        env: { GH_TOKEN: "${{ secrets.token }}" }\n',
  };
  expect(shortNeeds(jobReports(texts).get('a/b'))).toBe('issues: write');
});

test('a file that GitHub refuses has no needs', () => {
  expect(shortNeeds(jobReports('on: push\njobs:\n  a:\n    steps: []\n').get('a'))).toBe('not known');
});

test.each<readonly [string, string, string]>([
  ['ghcr.io/octo/tools:1', '${{ github.token }}', 'packages: read'],
  ['ghcr.io/octo/tools:1', '${{ secrets.PAT }}', 'nothing'],
  ['docker.io/octo/tools:1', '${{ secrets.GITHUB_TOKEN }}', 'nothing'],
])('the image %s is pulled with %s', (image, password, expected) => {
  const credentials = `{ username: x, password: "${password}" }`;
  const container = `    container: { image: '${image}', credentials: ${credentials} }\n`;
  const service = `    services: { db: { image: '${image}', credentials: ${credentials} } }\n`;
  for (const more of [container, service]) {
    const text = `on: push\njobs:\n  a:\n    runs-on: x\n${more}    steps:\n      - run: 'true'\n`;
    expect(shortNeeds(jobReports(text).get('a'))).toBe(expected);
  }
});
