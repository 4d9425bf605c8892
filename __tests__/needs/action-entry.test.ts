import { describe, expect, test } from '@jest/globals';
import { entryUse } from '../../src/needs/actions/action-entry.ts';
import type { ActionEntry } from '../../src/needs/actions/action-table.ts';
import { knownStep } from '../../src/needs/actions/action-step.ts';
import { credentialOf } from '../../src/needs/actions/action-token.ts';
import { inRange, majorOf } from '../../src/needs/actions/action-version.ts';
import { valueInEvent } from '../../src/needs/actions/event-value.ts';
import type { StepContext, TokenReach } from '../../src/needs/step-context.ts';
import { short, stepWith } from './using.ts';

const WRITES: ActionEntry['permissions'] = [{ permission: 'issues', level: 'write', because: 'comments' }];

function used(
  entry: Partial<ActionEntry>,
  inputs: Record<string, string> = {},
  reach: Partial<TokenReach> = {},
  more: Partial<StepContext> = {},
) {
  const step = {
    path: 'ci.yml',
    line: 3,
    column: 9,
    name: 'octo/action',
    ref: 'v1',
    inputs: new Map(Object.entries(inputs)),
  };
  const known = knownStep(step, stepWith(reach, more));
  return entryUse({ token: { input: 'token', default: true }, permissions: WRITES, ...entry }, known);
}

function shortly(...given: Parameters<typeof used>): readonly string[] {
  return short(used(...given));
}

describe('the version that a ref names', () => {
  test.each([
    ['v4', 4],
    ['4', 4],
    ['v4.1.2', 4],
    ['v10-beta.1', 10],
    ['release/v1', 1],
    ['main', null],
    ['v1-of-main'.slice(3), null],
    ['45996ed1f6d02564a971a2fa1b5860e934307cf7', null],
    ['1234567890123456789012345678901234567890', null],
    ['9782bd6', null],
  ])('%s', (ref, major) => expect(majorOf(ref)).toBe(major));

  test.each([
    [4, '>=4', true],
    [9, '>=4', true],
    [3, '>=4', false],
    [3, '<4', true],
    [3, '>=2 <4', true],
    [4, '>=2 <4', false],
  ])('%d in %s', (major, range, expected) => expect(inRange(major, range)).toBe(expected));
});

describe('whose token an input holds', () => {
  test.each([
    ['${{ github.token }}', 'own'],
    ['${{ secrets.GITHUB_TOKEN }}', 'own'],
    ["${{ secrets['GITHUB_TOKEN'] }}", 'own'],
    ['${{ env.MINE }}', 'own'],
    ['${{ inputs.token }}', 'own'],
    ['${{ github.token || inputs.other }}', 'own'],
    ['${{ secrets.BOT }}', 'other'],
    ['${{ steps.app.outputs.token }}', 'other'],
    ['ghp_0123', 'other'],
    ['${{ secrets.BOT || github.token }}', 'maybe'],
    ["${{ github.event_name == 'push' && secrets.BOT || github.token }}", 'maybe'],
    ['${{ inputs.unknown }}', 'maybe'],
    ['${{ needs.make.outputs.key }}', 'maybe'],
    ['${{ secrets[matrix.secret] }}', 'maybe'],
    ['', 'none'],
  ])('%s', (written, holder) => {
    const reach = { env: { MINE: '${{ github.token }}' }, git: false, tokenExpressions: ['inputs.token'] };
    expect(credentialOf(written, reach)).toBe(holder);
  });
});

describe('the token with which an action acts', () => {
  test('its default', () => {
    expect(shortly({})).toEqual(['issues: write']);
    expect(shortly({ token: { input: 'token', default: false } })).toEqual([]);
    expect(shortly({ token: null })).toEqual([]);
    expect(shortly({ token: { default: true } })).toEqual(['issues: write']);
  });

  test('what the workflow gives it', () => {
    expect(shortly({}, { token: '${{ secrets.BOT }}' })).toEqual([]);
    expect(shortly({}, { token: '' })).toEqual([]);
    expect(shortly({}, { token: '${{ secrets.BOT || github.token }}' })).toEqual(['? issues']);
    expect(shortly({ token: { inputs: ['a', 'b'], default: true } }, { b: '${{ secrets.BOT }}' })).toEqual([]);
  });

  test('a variable of the environment', () => {
    const token = { env: ['GITHUB_TOKEN'] };
    expect(shortly({ token })).toEqual([]);
    expect(shortly({ token }, {}, { env: { GITHUB_TOKEN: '${{ github.token }}' } })).toEqual(['issues: write']);
    expect(shortly({ token }, {}, { env: { GITHUB_TOKEN: '${{ secrets.BOT }}' } })).toEqual([]);
    expect(shortly({ token }, {}, { stored: true })).toEqual(['? issues']);
  });

  test('an input and a variable that differ', () => {
    const entry = { token: { input: 'token', env: ['GITHUB_TOKEN'], default: true } };
    const reach = { env: { GITHUB_TOKEN: '${{ github.token }}' } };
    expect(shortly(entry, { token: '${{ secrets.BOT }}' }, reach)).toEqual(['? issues']);
    expect(shortly(entry, { token: '${{ github.token }}' }, reach)).toEqual(['issues: write']);
  });

  test('git, registries and identity have their own', () => {
    const permissions: ActionEntry['permissions'] = [
      { permission: 'contents', level: 'write', because: 'pushes', credential: 'git' },
      { permission: 'packages', level: 'write', because: 'stores', credential: 'registry' },
      { permission: 'id-token', level: 'write', because: 'signs' },
      {
        permission: 'checks',
        level: 'write',
        because: 'reports',
        credential: { input: 'check-token', default: false },
      },
    ];
    const other = { token: '${{ secrets.BOT }}' };
    expect(shortly({ permissions }, other)).toEqual(['id-token: write']);
    expect(shortly({ permissions }, other, { git: true })).toEqual(['contents: write', 'id-token: write']);
    expect(shortly({ permissions }, other, { registries: ['ghcr.io'] })).toEqual([
      'id-token: write',
      'packages: write',
    ]);
    expect(shortly({ permissions }, other, { registries: ['docker.io'] })).toEqual(['id-token: write']);
    expect(shortly({ permissions }, { 'check-token': '${{ github.token }}' })).toEqual([
      'checks: write',
      'id-token: write',
    ]);
  });
});

describe('conditions', () => {
  const on = (
    when: NonNullable<ActionEntry['permissions'][number]['when']>,
    given: Record<string, string>,
    more = {},
  ) => shortly({ permissions: [{ ...WRITES[0]!, when }], inputDefaults: { mode: 'on' } }, given, {}, more);

  test.each([
    [{ mode: 'on' }, {}, ['issues: write']],
    [{ mode: 'on' }, { mode: 'ON' }, ['issues: write']],
    [{ mode: 'on' }, { mode: 'off' }, []],
    [{ mode: ['on', 'auto'] }, { mode: 'auto' }, ['issues: write']],
    [{ mode: { not: 'off' } }, { mode: 'off' }, []],
    [{ mode: { not: ['off', 'none'] } }, { mode: 'on' }, ['issues: write']],
    [{ mode: 'on' }, { mode: '${{ inputs.mode }}' }, ['? issues']],
    [{ mode: { not: 'off' } }, { mode: '${{ inputs.mode }}' }, ['? issues']],
    [{ list: { includes: ['a'] } }, { list: 'b, a' }, ['issues: write']],
    [{ list: { includes: ['a'] } }, { list: 'b\nc' }, []],
    [{ list: { includes: ['a'] } }, { list: 'b ${{ inputs.more }}' }, ['? issues']],
    [{ list: { includes: ['a'], excludes: ['--dry'] } }, { list: 'a --dry' }, []],
    [{ list: { excludes: ['--dry'] } }, { list: 'a' }, ['issues: write']],
    [{ key: 'set' }, {}, []],
    [{ key: 'set' }, { key: '${{ secrets.KEY }}' }, ['issues: write']],
    [{ key: 'set' }, { key: '${{ vars.KEY }}' }, ['issues: write']],
    [{ key: 'set' }, { key: '${{ inputs.key }}' }, ['? issues']],
    [{ key: 'unset' }, {}, ['issues: write']],
    [{ key: 'unset' }, { key: '${{ secrets.KEY }}' }, []],
    [{ mode: 'on', key: 'set' }, { mode: '${{ inputs.mode }}' }, []],
  ] as const)('%j with %j', (inputs, given, expected) => expect(on({ inputs }, given)).toEqual(expected));

  test('events and visibility are said of the need', () => {
    const when = { events: ['push'], visibility: 'private' } as const;
    expect(used({ permissions: [{ ...WRITES[0]!, when }] }).needs).toMatchObject([{ when }]);
  });

  test('what may be turned on in other events only is not in doubt', () => {
    expect(on({ inputs: { mode: 'on' }, events: ['issues'] }, { mode: '${{ inputs.mode }}' })).toEqual([]);
    expect(on({ inputs: { mode: 'on' }, events: ['push'] }, { mode: '${{ inputs.mode }}' })).toEqual(['? issues']);
  });

  test('an input that the event decides', () => {
    const entry = { permissions: [{ ...WRITES[0]!, when: { inputs: { mode: 'true' } } }] };
    const mode = "${{ github.event_name != 'pull_request' }}";
    const events = ['push', 'pull_request'];
    expect(used(entry, { mode }, {}, { events }).needs).toMatchObject([{ when: { events: ['push'] } }]);
    expect(shortly(entry, { mode }, {}, { events: ['pull_request'] })).toEqual([]);
    expect(shortly(entry, { mode }, {}, { events: ['workflow_call'] })).toEqual(['? issues']);
  });

  test.each([
    ["${{ github.event_name == 'push' }}", 'push', 'true'],
    ["${{ github.event_name == 'push' }}", 'schedule', 'false'],
    ["${{ github.event_name == 'push' || github.event_name == 'schedule' }}", 'schedule', 'true'],
    ["${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/main' }}", 'pull_request', 'false'],
    ["${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/main' }}", 'push', null],
    ["${{ !(github.event_name == 'push') }}", 'push', null],
    ['true', 'push', null],
  ])('%s in %s', (written, event, value) => expect(valueInEvent(written, event)).toBe(value));

  test('variables of the environment', () => {
    const entry = { permissions: [{ ...WRITES[0]!, when: { env: { MODE: { not: 'off' } } } }] };
    expect(shortly(entry)).toEqual(['issues: write']);
    expect(shortly(entry, {}, { env: { MODE: 'off' } })).toEqual([]);
  });
});

describe('what is not known', () => {
  const uncertain = [{ permissions: ['checks'], because: 'it may report' }] as const;

  test('counts only where the action can act with the token', () => {
    expect(shortly({ permissions: [], uncertain })).toEqual(['? checks']);
    expect(shortly({ permissions: [], uncertain }, { token: '${{ secrets.BOT }}' })).toEqual([]);
  });

  test('what no token has', () => {
    const impossible = [{ what: 'administration: read', because: 'reads rules', when: { inputs: { rules: 'true' } } }];
    expect(shortly({ permissions: [], impossible }, { rules: 'true' })).toEqual(['! administration: read']);
    expect(shortly({ permissions: [], impossible })).toEqual([]);
  });
});

describe('what an action runs and leaves', () => {
  const env = { GH_TOKEN: '${{ github.token }}' };

  test('a script in an input', () => {
    const entry = { token: null, permissions: [], runs: [{ input: 'command', shell: 'bash' }] } as const;
    expect(shortly(entry, { command: 'gh pr comment 1 -b hi' }, { env })).toEqual(['pull-requests: write']);
    expect(shortly(entry, { command: 'gh pr comment 1 -b hi' })).toEqual([]);
    expect(used(entry, { command: 'gh release create v1' }, { env }).needs).toMatchObject([{ line: 3 }]);
    expect(used(entry, { command: 'gh auth login --with-token <<< "$GH_TOKEN"' }, { env }).leaves).toMatchObject({
      ghLogin: true,
    });
  });

  test('its builds take the token where it is, anything takes all that is in reach', () => {
    expect(shortly({ token: null, permissions: [], runs: 'build' }, {}, { env })).toEqual(['? all']);
    expect(shortly({ token: null, permissions: [], runs: 'build' }, {}, { git: true })).toEqual([]);
    expect(shortly({ token: null, permissions: [], runs: 'anything' }, {}, { git: true })).toEqual(['? contents']);
  });

  test('credentials', () => {
    const entry = { permissions: [], leaves: [{ what: 'git' }] } as const;
    expect(used(entry).leaves).toEqual({ git: true });
    expect(used(entry, { token: '${{ secrets.BOT }}' }).leaves).toBeUndefined();
    expect(shortly(entry, { token: '${{ inputs.token }}' })).toEqual(['? contents']);
  });
});
