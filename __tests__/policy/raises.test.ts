import { describe, expect, test } from '@jest/globals';

import { report } from '../../src/check-files.ts';
import type { CheckOptions } from '../../src/check-files.ts';
import type { Exception, Limit } from '../../src/model/policy.ts';
import type { Finding, Report } from '../../src/model/report.ts';
import { settingsOf } from '../helpers/checking.ts';
import { stateOf } from '../helpers/comparing.ts';
import type { Texts } from '../helpers/comparing.ts';
import { limit, policyFile } from '../helpers/judging.ts';

const SETTINGS = settingsOf({ default: 'read', visibility: 'public' });

interface Given extends Partial<CheckOptions> {
  readonly limits?: readonly Limit[];
  readonly exceptions?: readonly Exception[];
}

function compared(
  base: Texts,
  head: Texts,
  { limits = [], exceptions = [], ...options }: Given = {},
  settings = SETTINGS,
): Report {
  const { files, called } = stateOf(head);
  return report(files, called, settings, {
    toolVersion: '1.0.0',
    failOn: 'error',
    comparedWith: stateOf(base),
    inForce: {
      policy: [policyFile({ limits, exceptions })],
      baseline: null,
      origin: { path: null, from: 'folder', ref: null, commit: null },
      ignoredInBase: null,
      today: '2026-11-21',
      notices: [],
      gateChange: null,
      change: null,
    },
    ...options,
  });
}

const job = (id: string, block: string) =>
  `  ${id}:\n    permissions: ${block}\n    runs-on: x\n    steps:\n      - run: ${id}\n`;
const file = (on: string, ...jobs: readonly string[]) => `on: ${on}\njobs:\n${jobs.join('')}`;
const raised = ({ findings }: Report) => findings.filter(({ rule }) => rule.startsWith('raised-')).map(brief);
const brief = ({ rule, level, jobs = [], permissions = [], line }: Finding) =>
  [rule, level, line, jobs.join(), permissions.map((one) => `${one.permission}:${one.granted ?? ''}`).join()].join(' ');

describe('raises are told once', () => {
  test('as a note where no outsider gets to write', () => {
    const head = file('push', job('a', '{ contents: write }'), job('b', '{ issues: read }'));
    expect(raised(compared(file('push', job('a', '{ contents: read }')), head))).toEqual([
      'raised-permission note 4 a contents:write',
      'raised-permission note 8 b issues:read',
    ]);
  });

  test('as an error where an outsider gets a strong write, as a warning for another one', () => {
    const head = file(
      '[push, issue_comment]',
      job('a', '{ contents: write, checks: read }'),
      job('b', '{ issues: write }'),
    );
    const base = file('push', job('a', '{ contents: write, checks: read }'), job('b', '{ issues: write }'));
    expect(raised(compared(base, head))).toEqual([
      'raised-for-outsiders error 1 a contents:write',
      'raised-for-outsiders warning 1 b issues:write',
      'raised-permission note 1 a checks:read',
    ]);
  });

  test('of a new job that outsiders can start', () => {
    const head = file('issue_comment', job('a', '{}'), job('b', '{ contents: write }'));
    expect(raised(compared(file('issue_comment', job('a', '{}')), head))).toEqual([
      'raised-for-outsiders error 8 b contents:write',
    ]);
  });

  test('as a warning at most where only one value of the setting gives it', () => {
    const [base, head] = [
      file('push', job('a', '{}')),
      file('issue_comment', '  a:\n    runs-on: x\n    steps:\n      - run: a\n'),
    ];
    const { findings } = compared(base, head, {}, settingsOf({ visibility: 'public' }));
    const told = findings.filter(({ rule }) => rule === 'raised-for-outsiders');
    expect(told.map(({ level, defaultPermissions }) => [level, defaultPermissions])).toEqual([['warning', 'write']]);
  });

  test('of what reaches forks in part, whatever the settings are: only the whole', () => {
    const [base, head] = [file('pull_request', job('a', '{}')), file('pull_request', job('a', '{ issues: read }'))];
    for (const known of [{}, { visibility: 'public' } as const]) {
      expect(raised(compared(base, head, {}, settingsOf(known)))).toEqual(['raised-permission note 4 a issues:read']);
    }
  });

  test('of what is gone: nothing', () => {
    const text = file('push', job('a', '{ contents: write }'));
    const base = { '.github/workflows/ci.yml': text, '.github/workflows/gone.yml': file('issues', job('b', '{}')) };
    const all = compared(base, text);
    expect(all.changes?.map(({ kind }) => kind)).toEqual(['removed']);
    expect(raised(all)).toEqual([]);
  });

  test('of what nobody changed: nothing', () => {
    const text = file('issue_comment', job('a', '{ contents: write }'));
    const same = compared(text, text);
    expect(same.changes).toEqual([]);
    expect(raised(same)).toEqual([]);
  });
});

describe('what the base has too', () => {
  const limits = [limit({ contents: 'read' })];
  const base = file('push', job('a', '{ contents: write }'));

  test('is existing, comes last and does not count for new findings alone', () => {
    const head = file('push', job('a', '{ contents: write }'), job('b', '{ contents: write }'));
    const all = compared(base, head, { limits });
    const over = all.findings.filter(({ rule }) => rule === 'over-limit');
    expect(over.map(({ job: id, existing }) => [id, existing])).toEqual([
      [['b'], undefined],
      [['a'], true],
    ]);
    expect(all.findings.map(({ existing }) => existing === true)).toEqual(
      all.findings.map(({ existing }) => existing === true).sort(),
    );
    expect(compared(base, base, { limits })).toMatchObject({ result: 'fail' });
    expect(compared(base, base, { limits, reported: 'new' })).toMatchObject({ result: 'pass' });
    expect(compared(base, head, { limits, reported: 'new' })).toMatchObject({ result: 'fail' });
  });

  test('is new where the base excuses it by a comment that is gone', () => {
    const excused = base.replace('  a:', '  # effective-permissions: ignore[over-limit] fine\n  a:');
    const { findings } = compared(excused, base, { limits });
    const over = findings.filter(({ rule }) => rule === 'over-limit');
    expect(over.map(({ existing }) => existing)).toEqual([undefined]);
  });

  test('may be about a file, which may have another name', () => {
    const broken = 'on: push\njobs:\n  a:\n    steps: [{ run: a }]\n';
    for (const head of [broken, { '.github/workflows/other.yml': broken }]) {
      const { findings } = compared(broken, head);
      expect(findings.map(({ rule, existing }) => [rule, existing])).toContainEqual(['invalid-workflow', true]);
    }
  });

  test('is so where the job moved or has another name', () => {
    const head = { '.github/workflows/other.yml': base.replace('  a:', '  z:') };
    const { findings } = compared(base, head, { limits });
    const over = findings.filter(({ rule }) => rule === 'over-limit');
    expect(over.map(({ path, job: id, existing }) => [path, id, existing])).toEqual([
      ['.github/workflows/other.yml', ['z'], true],
    ]);
  });

  test('is taken apart where only some of it is new', () => {
    const block = (...ids: readonly string[]) =>
      `on: push\npermissions: { contents: write }\njobs:\n${ids.map((id) => `  ${id}:\n    runs-on: x\n    steps:\n      - run: ${id}\n`).join('')}`;
    const { findings } = compared(block('a', 'b'), block('a', 'b', 'c'), { limits });
    const over = findings.filter(({ rule }) => rule === 'over-limit');
    expect(over.map(({ jobs, existing }) => [jobs, existing])).toEqual([
      [[['c']], undefined],
      [[['a'], ['b']], true],
    ]);
  });

  test('is new where it became worse', () => {
    const none = [limit({})];
    const { findings } = compared(file('push', job('a', '{ contents: read }')), base, { limits: none });
    const over = findings.filter(({ rule }) => rule === 'over-limit');
    expect(over.map(({ granted, existing }) => [granted, existing])).toEqual([['write', undefined]]);
  });

  test('nothing is without a base', () => {
    const { files, called } = stateOf(base);
    const alone = report(files, called, SETTINGS, { toolVersion: '1.0.0', failOn: 'error' });
    expect(alone).not.toHaveProperty('changes');
    expect(alone.findings.filter(({ existing }) => existing !== undefined)).toEqual([]);
  });
});

describe('what to do about a raise', () => {
  const hints = (on: string, before: string, after: string) =>
    compared(file(on, job('a', before)), file(on, job('a', after)))
      .findings.filter(({ rule }) => rule === 'raised-permission' || rule === 'raised-for-outsiders')
      .map(({ rule, level, hint }) => [rule, level, hint]);

  test('where no outsider starts it', () => {
    expect(hints('push', '{ contents: read }', '{ contents: write }')).toEqual([
      [
        'raised-permission',
        'note',
        'Where it is not meant, write a block that gives the job no more than the base does.',
      ],
    ]);
  });

  test('where outsiders do: one strong write among others is an error', () => {
    expect(hints('[issue_comment, issues]', '{}', '{ contents: write, issues: write }')).toEqual([
      [
        'raised-for-outsiders',
        'error',
        'Leave the write out, move it to a job that outsiders cannot start, or let only people with write access start this one: `if: !contains(fromJSON(\'["issue_comment","issues"]\'), github.event_name)`.',
      ],
    ]);
    expect(hints('issues', '{}', '{ issues: write }')).toEqual([
      [
        'raised-for-outsiders',
        'warning',
        'Leave the write out, move it to a job that outsiders cannot start, or let only people with write access start this one: `if: contains(fromJSON(\'["OWNER", "MEMBER", "COLLABORATOR"]\'), github.event.issue.author_association)`.',
      ],
    ]);
  });
});

describe('raised-contract', () => {
  const asks = (block: string) => file('workflow_call', job('a', block));
  const hasAlone = (base: string, head: string) =>
    compared(
      base,
      head,
      {},
      settingsOf({ default: 'read', visibility: 'public', repository: 'octo-org/octo-repo' }),
    ).findings.filter(({ rule }) => rule === 'raised-contract');

  test("has GitHub's sentence for callers that grant what was enough", () => {
    const [finding, ...others] = hasAlone(asks('{ contents: read }'), asks('{ contents: write, issues: read }'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ level: 'warning', line: 4, permission: 'contents', granted: 'write' });
    expect(finding!.message).toContain(
      "Error calling workflow 'octo-org/octo-repo/.github/workflows/ci.yml@REF'. The nested job 'a' is requesting 'contents: write, issues: read', but is only allowed 'contents: read, issues: none'.",
    );
  });

  test('without what an exception accepts', () => {
    const exception = {
      ...{ rule: 'raised-contract', workflows: null, jobs: null, called: null, permissions: ['contents'] },
      ...{ reason: 'x', expires: null, path: 'p', line: 1, column: 1 },
    };
    const { findings } = compared(asks('{}'), asks('{ contents: read, issues: read }'), { exceptions: [exception] });
    const told = findings.filter(({ rule }) => rule === 'raised-contract').map(({ message }) => message);
    expect(told).toEqual([
      expect.stringMatching(/^Callers of \S+ have to grant `issues: read` \(none in the base\) now\. /),
    ]);
  });

  describe('through what it calls', () => {
    const [LIB, DEEP] = ['.github/workflows/lib.yml', '.github/workflows/deep.yml'];
    const run = (id: string, block = '') =>
      `  ${id}:\n${block === '' ? '' : `    permissions: ${block}\n`}    runs-on: x\n    steps: [{ run: make }]\n`;
    const call = (id: string) => `  ${id}:\n    uses: ./${DEEP}\n`;
    const called = (block: string, ...jobs: readonly string[]) =>
      `on: workflow_call\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;
    const sentence = (base: Texts, head: Texts) =>
      compared(base, head)
        .findings.filter(({ rule, path }) => rule === 'raised-contract' && path === LIB)
        .map(({ message, hint }) => [/GitHub says: "(.*)"$/.exec(message)?.[1], hint]);
    const refuses = (who: string, reference: string) => [
      `Error calling workflow '${reference}'. ${who} is requesting 'issues: write', but is only allowed 'issues: read'.`,
      'Drop what no step uses, or split off the job that needs it. Where it is meant, tell the callers and release it under a new major version.',
    ];

    test.each<readonly [string, (level: string) => Texts, readonly (string | undefined)[]]>([
      [
        'a job of it',
        (level) => ({ [LIB]: called('', run('x'), call('d')), [DEEP]: called('', run('a'), run('b', level)) }),
        refuses("The nested job 'b'", `./${DEEP}`),
      ],
      [
        'its own block',
        (level) => ({ [LIB]: called('', run('x'), call('d')), [DEEP]: called(level, run('a')) }),
        refuses('The workflow', `./${DEEP}`),
      ],
      [
        'the second call',
        (level) => ({
          [LIB]: called('', run('x', '{}'), call('d').replace(DEEP, '.github/workflows/other.yml'), call('e')),
          [DEEP]: called('', run('b', level)),
          '.github/workflows/other.yml': called('', run('c', '{ issues: read }')),
        }),
        refuses("The nested job 'b'", `./${DEEP}`),
      ],
      [
        'a job beside the call, which GitHub reads first',
        (level) => ({ [LIB]: called('', call('d'), run('y', level)), [DEEP]: called('', run('b', level)) }),
        refuses("The nested job 'y'", LIB),
      ],
      [
        'the block of the workflow before its jobs',
        (level) => ({ [LIB]: called(level, run('x'), run('y', level)), [DEEP]: called('', run('b')) }),
        refuses('The workflow', LIB),
      ],
    ])('%s', (_, texts, expected) => {
      expect(sentence(texts('{ issues: read }'), texts('{ issues: write }'))).toEqual([expected]);
    });
  });

  test('says nothing of a new file, of one that can be called now, and of what is lowered', () => {
    expect(hasAlone('', asks('{ contents: write }'))).toEqual([]);
    expect(hasAlone(file('push', job('a', '{}')), asks('{ contents: write }'))).toEqual([]);
    expect(hasAlone(asks('{ contents: write }'), asks('{ contents: read }'))).toEqual([]);
  });
});
