import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { AuditPlan } from '../../src/model/audit-plan.ts';
import type { AuditLine } from '../../src/model/audit.ts';
import { findingsByRepository, findingsByRule } from '../../src/organization/findings.ts';
import { lostLines } from '../../src/organization/lost.ts';
import { sharedWorkflows } from '../../src/organization/shared.ts';
import { PATH, workflow } from '../helpers/checking.ts';
import { factsOf, linesOf, TOOL, type Organization } from '../helpers/organization.ts';
import { tried } from '../helpers/property.ts';

const LAST = '.github/workflows/last.yml';
const call = (uses: string) => `on: push\npermissions: {contents: read}\njobs:\n  call:\n    uses: ${uses}\n`;

const ORGANIZATION: Organization = {
  'octo-org/shared': {
    [LAST]: workflow('workflow_call', '{contents: read}'),
    [PATH]: call(`./${LAST}`),
  },
  'Octo-Org/a': { [PATH]: call(`octo-org/shared/${LAST}@v1`) },
  'octo-org/b': { [PATH]: call(`OCTO-ORG/Shared/${LAST}@main`), [LAST]: workflow('push') },
  'octo-org/empty': {},
};

describe('facts', () => {
  test('are the same in whatever order the lines come, and the same when they come from JSON', async () => {
    const lines = await linesOf(ORGANIZATION);
    const facts = factsOf(lines);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
    fc.assert(
      fc.property(fc.shuffledSubarray([...lines], { minLength: lines.length }), (shuffled: AuditLine[]) => {
        expect(JSON.stringify(factsOf(shuffled))).toBe(JSON.stringify(facts));
      }),
      tried(50),
    );
    expect(facts.repositories.map(({ repository }) => repository)).toEqual([
      'Octo-Org/a',
      'octo-org/b',
      'octo-org/empty',
      'octo-org/shared',
    ]);
  });

  test('name each outcome and each set once', async () => {
    const { outcomes, sets } = factsOf(await linesOf(ORGANIZATION));
    for (const list of [outcomes, sets]) expect(new Set(list.map((one) => JSON.stringify(one))).size).toBe(list.length);
  });

  test('know a called file by one name, with its callers and what it asks of them', async () => {
    const facts = factsOf(await linesOf(ORGANIZATION));
    const [shared, ...others] = sharedWorkflows(facts);
    expect(others).toEqual([]);
    expect(shared).toMatchObject({ called: { file: `octo-org/shared/${LAST}` }, calls: 3, repositories: 3 });
    expect(shared?.refs.map(({ ref }) => ref)).toEqual([null, 'main', 'v1']);
    expect(facts.sets[shared?.called.contract?.permissions ?? -1]).toEqual({ contents: 'read' });
  });

  test('hold nothing of what was not read but why', () => {
    const plan: AuditPlan = {
      schemaVersion: 1,
      tool: TOOL,
      owner: 'octo-org',
      shards: 2,
      repositories: [{ repository: 'octo-org/gone', branch: 'main', shard: 2 }],
      skipped: [],
    };
    const [line] = lostLines(plan, new Set(), TOOL);
    expect(factsOf([line!]).repositories).toMatchObject([
      {
        repository: 'octo-org/gone',
        state: 'lost',
        result: 'error',
        workflows: [],
        reason: expect.stringContaining('2'),
      },
    ]);
    expect(lostLines(plan, new Set(['octo-org/gone\nmain']), TOOL)).toEqual([]);
  });

  test.each([
    ['a state', (line: any) => ({ ...line, audit: { ...line.audit, state: '<b>' } })], // eslint-disable-line @typescript-eslint/no-explicit-any
    ['a result', (line: any) => ({ ...line, result: 'fine' })], // eslint-disable-line @typescript-eslint/no-explicit-any
  ])('refuse %s that no line has', async (_, change) => {
    const [line] = await linesOf(ORGANIZATION);
    expect(() => factsOf([change(line)])).toThrow('is none of');
  });
});

describe('findings of all repositories', () => {
  test('are counted by rule and by repository, the worst first', async () => {
    const facts = factsOf(
      await linesOf({
        'octo-org/a': { [PATH]: workflow('push') },
        'octo-org/b': { [PATH]: workflow('push', '{contents: admin}') },
        'octo-org/c': { [PATH]: workflow('push'), [LAST]: workflow('push') },
      }),
    );
    expect(findingsByRule(facts)).toEqual([
      { rule: 'invalid-workflow', level: 'error', findings: 1, repositories: 1 },
      { rule: 'missing-permissions', level: 'warning', findings: 3, repositories: 2 },
    ]);
    expect(findingsByRepository(facts).map(({ facts: one, worst }) => [one.repository, worst.rule])).toEqual([
      ['octo-org/b', 'invalid-workflow'],
      ['octo-org/c', 'missing-permissions'],
      ['octo-org/a', 'missing-permissions'],
    ]);
  });
});
