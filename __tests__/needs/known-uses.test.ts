import { expect, test } from '@jest/globals';

import { actionUse } from '../../src/needs/actions/action-use.ts';
import type { ActionUse } from '../../src/needs/actions/action-use.ts';
import { usedOnce } from '../../src/needs/known-uses.ts';
import type { KnownUses } from '../../src/needs/known-uses.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import type { ScriptUse } from '../../src/needs/scripts/shell-use.ts';
import type { ScriptPlace, StepContext, TokenReach } from '../../src/needs/step-context.ts';
import { short, stepWith } from './using.ts';

const TOKEN = { GH_TOKEN: '${{ github.token }}' };
const REACHES: readonly Partial<TokenReach>[] = [
  {},
  { git: true },
  { git: true, otherGit: true },
  { git: true, identity: true },
  { registries: ['ghcr.io'] },
  { env: TOKEN },
  { env: { TOKEN: '${{ inputs.token }}' }, tokenExpressions: ['inputs.token'] },
];
const PLACES: readonly ScriptPlace[] = [
  { path: 'ci.yml', line: 9, column: 14, firstLine: 10 },
  { path: 'release.yml', line: 30, column: 12, firstLine: 30 },
  { path: 'release.yml', line: 40, column: 12, firstLine: 41 },
  { path: 'action.yml', line: 3, column: 8, firstLine: null },
  { path: 'action.yml', line: 5, column: 9, firstLine: null },
];
const EVENTS = [['push'], ['pull_request'], ['push', 'issue_comment']];
const CONTEXTS: readonly StepContext[] = REACHES.flatMap((reach) =>
  PLACES.flatMap((place) => EVENTS.map((events) => stepWith(reach, { place, events }))),
);

test.each([
  'npm ci',
  'git fetch\n\n  git push',
  './x.sh',
  'gh issue create\ngh pr list && gh api user',
  'echo ${{ github.token }} > file',
  'echo "${{ inputs.token }}" | docker login ghcr.io -u me --password-stdin',
  'curl "$ACTIONS_ID_TOKEN_REQUEST_URL"',
  'if',
])('a script uses the same, wherever it stands: %s', (script) => {
  const known: KnownUses<ScriptUse> = new Map();
  for (const context of CONTEXTS) {
    const step = { what: script, with: ['bash'] };
    const use = usedOnce(step, context, known, (watched) => shellUse(script, 'bash', watched));
    expect(use).toEqual(shellUse(script, 'bash', context));
  }
});

test.each<[name: string, inputs: readonly (readonly [string, string])[]]>([
  ['actions/checkout', []],
  ['actions/checkout', [['persist-credentials', 'false']]],
  ['actions/github-script', [['script', '\n\nawait github.rest.issues.createComment({})\ngithub.nothing.known()']]],
  ['actions/stale', []],
  ['docker/login-action', [['registry', 'ghcr.io'] as const, ['password', '${{ github.token }}'] as const]],
  ['octo/unknown', []],
])('an action uses the same, wherever it stands: %s %j', (name, inputs) => {
  const known: KnownUses<ActionUse | null> = new Map();
  for (const context of CONTEXTS) {
    const { path, line, column } = context.place;
    const read = (watched: StepContext) =>
      actionUse({ path, line, column, name, ref: 'v4', inputs: new Map(inputs) }, watched);
    const atStep = { ...context, place: { path, line, column, firstLine: null } };
    expect(usedOnce({ what: name, with: inputs }, atStep, known, read)).toEqual(read(context));
  }
});

test('what a step does is asked once', () => {
  const known: KnownUses<ScriptUse> = new Map();
  let asked = 0;
  for (const place of PLACES.slice(0, 3)) {
    usedOnce({ what: 'git push', with: ['bash'] }, stepWith({ git: true }, { place }), known, (context) => {
      asked += 1;
      return shellUse('git push', 'bash', context);
    });
  }
  expect(asked).toBe(1);
});

test('a script that reads files of the checkout is read again, as these may be others', () => {
  const known: KnownUses<ScriptUse> = new Map();
  const uses = [undefined, () => null, () => 'gh issue close 1', () => 'gh pr merge 1'].map((readFile) => {
    const context = stepWith({ env: TOKEN }, readFile === undefined ? {} : { readFile });
    const step = { what: 'bash x.sh', with: ['bash'] };
    return short(usedOnce(step, context, known, (watched) => shellUse('bash x.sh', 'bash', watched)));
  });
  expect(uses).toEqual([['? all'], ['? all'], ['issues: write'], ['contents: write', 'pull-requests: write']]);
});
