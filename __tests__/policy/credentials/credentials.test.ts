import { describe, expect, test } from '@jest/globals';

import { credentialsOf } from '../../../src/policy/credentials/credentials.ts';
import type { Credential } from '../../../src/policy/credentials/credentials.ts';
import { readWorkflow } from '../../../src/workflow/read-workflow.ts';
import { jobWith } from '../rule-findings.ts';

function limits(isLimited: Credential['isLimited']): string {
  return isLimited === true ? ' limited' : isLimited === false ? ' unlimited' : '';
}

/** The credentials of a job, in short: `token secrets.PAT 8:17`. */
function credentials(step: string, ofJob = '', ofWorkflow = ''): readonly string[] {
  const { workflow } = readWorkflow(`${ofWorkflow}${jobWith('push', '{}', [step], ofJob)}`);
  return workflow.jobs.flatMap((job) =>
    credentialsOf(job, workflow).map(
      ({ kind, name, position: { line, column }, isLimited }) =>
        `${kind} ${name} ${line}:${column}${limits(isLimited)}`,
    ),
  );
}

const PAT = '"${{ secrets.PAT }}"';

describe('a token', () => {
  test.each<readonly [string, readonly string[]]>([
    [`uses: o/r@v1\nwith: { github-token: ${PAT} }`, ['token secrets.PAT 8:31']],
    [`uses: o/r@v1\nwith: { Repo_Token: ${PAT} }`, ['token secrets.PAT 8:29']],
    // The own input of an action that takes one of GitHub, whatever the secret is called.
    [`uses: actions/checkout@v6\nwith: { token: ${PAT.replace('PAT', 'DEPLOY')} }`, ['token secrets.DEPLOY 8:24']],
    [`uses: o/r@v1\nwith: { token: ${PAT.replace('PAT', 'DEPLOY')} }`, []],
    [`uses: o/r@v1\nwith: { token: ${PAT} }`, ['token secrets.PAT 8:24']],
    [`uses: o/r@v1\nwith: { token: ${PAT.replace('PAT', 'secrets_deploy')} }`, []],
    [`uses: o/r@v1\nwith: { other: ${PAT} }`, []],
    [`uses: actions/cache@v4\nwith: { key: ${PAT} }`, []],
    [`uses: ./own\nwith: { github-token: ${PAT} }`, []],
    [`uses: docker://o/r\nwith: { github-token: ${PAT} }`, []],
    ['uses: o/r@v1\nwith: { github-token: "${{ secrets.GITHUB_TOKEN }}" }', []],
    ['uses: o/r@v1\nwith: { github-token: "${{ toJSON(secrets) }}" }', []],
    ['uses: o/r@v1\nwith: { github-token: "${{ secrets[matrix.name] }}" }', []],
    ['uses: o/r@v1\nwith: { github-token: "${{ inputs.pat }}" }', []],
    [`uses: o/r@v1\nwith: { github-token: "\${{ env.A }}" }\nenv: { A: ${PAT} }`, ['token secrets.PAT 8:31']],
    [`uses: o/r@v1\nwith: { github-token: "\${{ env.A }}" }\nenv: { B: ${PAT} }`, []],
    [`run: x\nenv: { gh_token: ${PAT}, OTHER: "\${{ secrets.X }}" }`, ['token secrets.PAT 8:26']],
    ['run: git clone https://x:${{ secrets.PAT }}@github.com/o/r', ['token secrets.PAT 7:14']],
    [
      'run: |\n  git clone https://${{ secrets.A }}@github.com/o/r\n  git clone https://u:${{ secrets.B }}@www.github.com/o/r',
      ['token secrets.A 7:14', 'token secrets.B 7:14'],
    ],
    ['run: git clone https://x:${{ github.token }}@github.com/o/r', []],
    // A secret is no variable, whatever it is called.
    ['uses: o/r@v1\nwith: { pat: "${{ secrets.A }}" }\nenv: { A: x }', ['token secrets.A 8:22']],
    ['wait-all:', []],
  ])('%s', (step, found) => {
    expect(credentials(step)).toEqual(found);
  });

  test('of the workflow and the job, where there are steps that see it', () => {
    const env = `env: { GH_TOKEN: ${PAT} }\n`;
    expect(credentials('run: x', `    ${env}`, env)).toEqual(['token secrets.PAT 1:18', 'token secrets.PAT 7:22']);
    const { workflow } = readWorkflow(`on: push\n${env}jobs:\n  call: { uses: ./.github/workflows/b.yml }\n`);
    expect(workflow.jobs.flatMap((job) => credentialsOf(job, workflow))).toEqual([]);
  });

  test.each<readonly [string, string, string]>([
    ['step', 'secrets.STEP', ''],
    ['job', 'secrets.JOB', 'step'],
    ['workflow', 'secrets.WORKFLOW', 'step, job'],
  ])('by way of the nearest variable, of the %s', (_, name, without) => {
    const env = (place: string, indent: string) =>
      `${indent}env: { OTHER: x, ${without.includes(place) ? 'B' : 'A'}: "\${{ secrets.${place} }}" }`;
    const step = `uses: o/r@v1\nwith: { pat: "\${{ env.a }}" }\n${env('step', '')}`;
    expect(credentials(step, `${env('job', '    ')}\n`, `${env('workflow', '')}\n`)).toEqual([`token ${name} 10:22`]);
  });
});

describe('the token of an App', () => {
  test.each<readonly [string, string]>([
    ['actions/create-github-app-token', ' unlimited'],
    ['actions/create-github-app-token#Permission-Contents', ' limited'],
    ['actions/create-github-app-token#permissions', ' unlimited'],
    ['tibdex/github-app-token#permissions', ' limited'],
    ['getsentry/action-github-app-token#permissions', ''],
  ])('%s', (action, limited) => {
    const [name = '', input] = action.split('#');
    const given = input === undefined ? '' : `, ${input}: x, more: y`;
    expect(credentials(`uses: ${name}@v2\nwith: { app-id: 1${given} }`)).toEqual([`app ${name} 7:15${limited}`]);
  });

  test('not of an action of the repository', () => {
    expect(credentials('uses: ./actions/create-github-app-token')).toEqual([]);
  });
});

describe('a key', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['actions/checkout', 'ssh-key', ['key secrets.PAT 8:26']],
    ['webfactory/ssh-agent', 'ssh-private-key', ['key secrets.PAT 8:34']],
    ['peaceiris/actions-gh-pages', 'deploy_key', ['key secrets.PAT 8:29']],
    ['actions/checkout', 'ssh-known-hosts', []],
    ['actions/cache', 'ssh-key', []],
    ['actions/cache', '""', []],
  ])('%s: %s', (action, input, found) => {
    expect(credentials(`uses: ${action}@v1\nwith: { ${input}: ${PAT} }`)).toEqual(found);
  });
});
