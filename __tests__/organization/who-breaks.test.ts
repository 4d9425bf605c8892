import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import type { ReportedWorkflow } from '../../src/model/report.ts';
import { whoBreaks } from '../../src/organization/who-breaks.ts';
import { factsOf, linesOf, type Organization } from '../helpers/organization.ts';
import type { Known } from '../helpers/checking.ts';
import { tried } from '../helpers/property.ts';

const FOLDER = '.github/workflows';
const SHARED = `octo-org/shared/${FOLDER}/last.yml`;

const BLOCKS = [
  null,
  '{}',
  '{contents: read}',
  '{contents: read, packages: write}',
  '{contents: read, id-token: write}',
  'read-all',
  'write-all',
] as const;
const block = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(...BLOCKS) },
);

function line(spaces: string, written: string | null): string {
  return written === null ? '' : `${spaces}permissions: ${written}\n`;
}

/** A workflow of one job that calls another. */
function calling(on: string, uses: string, own: string | null, ofJob: string | null): string {
  return `on: ${on}\n${line('', own)}jobs:\n  call:\n${line('    ', ofJob)}    uses: ${uses}\n`;
}

/** The shared file, and the same with one more job that asks. */
function last(own: string | null, ofJob: string | null, ask: string | null): string {
  const more = ask === null ? '' : `  more:\n    runs-on: x\n    permissions: ${ask}\n    steps: [run: a]\n`;
  return `on: workflow_call\n${line('', own)}jobs:\n  work:\n    runs-on: x\n${line('    ', ofJob)}    steps: [run: a]\n${more}`;
}

interface Case {
  readonly owner: string;
  readonly known: Known;
  readonly root: readonly [string | null, string | null];
  readonly middle: readonly (readonly [string | null, string | null])[];
  readonly shared: readonly [string | null, string | null];
  readonly ask: string;
}

function organizationOf({ owner, root, middle, shared }: Case, ask: string | null): Organization {
  const names = [...middle.map((_, index) => `middle${index}.yml`), 'last.yml'];
  const within = middle.map(
    ([own, ofJob], index) =>
      [
        `${FOLDER}/middle${index}.yml`,
        calling('workflow_call', `./${FOLDER}/${names[index + 1]!}`, own, ofJob),
      ] as const,
  );
  return {
    'octo-org/shared': { ...Object.fromEntries(within), [`${FOLDER}/last.yml`]: last(...shared, ask) },
    [`${owner}/root`]: {
      [`${FOLDER}/ci.yml`]: calling('push', `octo-org/shared/${FOLDER}/${names[0]!}@v1`, ...root),
    },
  };
}

/** What GitHub would say, in the words of the answer. */
function effectIn(before: ReportedWorkflow, after: ReportedWorkflow): string {
  if (before.outcome === 'startup_failure') return 'fails-already';
  if (after.outcome === 'startup_failure') return 'breaks';
  const failing = ({ problems }: ReportedWorkflow) => problems.map((one) => one.defaultPermissions);
  const come = failing(after).find((value) => value !== undefined && !failing(before).includes(value));
  return come === undefined ? 'fits' : `breaks-if-${come}`;
}

describe('who breaks if a called workflow asks for more', () => {
  test('is what comes of computing all chains with the file that asks', async () => {
    const pair = fc.tuple(block, block);
    const cases: fc.Arbitrary<Case> = fc.record({
      owner: fc.constantFrom('octo-org', 'hubot'),
      known: fc.constantFrom<Known>({}, { default: 'read' }, { default: 'write' }),
      root: pair,
      middle: fc.array(pair, { maxLength: 2 }),
      shared: pair,
      ask: fc.constantFrom('packages: write', 'packages: read', 'id-token: write', 'contents: write', 'issues: read'),
    });
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const root = `${one.owner}/root`;
        const known = { [root]: one.known };
        const [before, after] = await Promise.all([
          linesOf(organizationOf(one, null), known),
          linesOf(organizationOf(one, `{${one.ask}}`), known),
        ]);
        const workflowIn = (lines: typeof before) => {
          const own = lines.find(({ audit }) => audit.repository === root);
          return own === undefined || 'error' in own ? null : own.workflows[0]!;
        };
        const [permission = '', level] = one.ask.split(': ');
        const facts = factsOf(before);
        const { callers } = whoBreaks(facts, {
          file: SHARED,
          permissions: { [permission]: level as 'read' | 'write' },
        });
        const own = callers.filter(({ repository }) => facts.repositories[repository]?.repository === root);
        const expected = effectIn(workflowIn(before)!, workflowIn(after)!);
        seen.set(expected, (seen.get(expected) ?? 0) + 1);
        expect(own.map(({ effect }) => effect)).toEqual([expected]);
      }),
      tried(250),
    );
    expect([...seen.keys()].sort()).toEqual(['breaks', 'breaks-if-read', 'fails-already', 'fits']);
  });

  const asks = (file: string, permissions: Readonly<Record<string, 'read' | 'write'>>, organization: Organization) =>
    linesOf(organization).then((lines) => whoBreaks(factsOf(lines), { file, permissions }));
  const SHARING = { [`${FOLDER}/last.yml`]: last(null, '{contents: read}', null) };

  test('lists each call with the ref that it names, and says which name a commit', async () => {
    const commit = '8e5e7e5ab8b370d6c329ec480221332ada57f0ab';
    const refs = ['v1', 'main', commit];
    const callers = refs.map((ref, index) => [
      `octo-org/caller-${index}`,
      { [`${FOLDER}/ci.yml`]: calling('push', `${SHARED}@${ref}`, null, '{contents: read}') },
    ]);
    const organization = { 'octo-org/shared': SHARING, ...Object.fromEntries(callers) } as Organization;
    const { callers: found } = await asks(SHARED, { packages: 'write' }, organization);
    expect(found.map(({ effect, isPinned, lacks }) => [effect, isPinned, lacks])).toEqual(
      refs.map((ref) => ['breaks', ref === commit, [{ permission: 'packages', needed: 'write', has: 'none' }]]),
    );
  });

  test('finds the file however its owner and its name are written', async () => {
    const call = calling('push', `Octo-Org/SHARED/${FOLDER}/last.yml@v1`, null, '{contents: read}');
    const organization = { 'octo-org/shared': SHARING, 'octo-org/a': { [`${FOLDER}/ci.yml`]: call } };
    const asked = await asks(`OCTO-org/shared/${FOLDER}/last.yml`, { packages: 'write' }, organization);
    expect([asked.file, asked.callers.length, asked.isAskedAlready]).toEqual([SHARED, 1, false]);
  });

  test('says that it asks for as much already', async () => {
    const call = calling('push', `${SHARED}@v1`, null, '{contents: read}');
    const organization = { 'octo-org/shared': SHARING, 'octo-org/a': { [`${FOLDER}/ci.yml`]: call } };
    const { isAskedAlready, callers } = await asks(SHARED, { contents: 'read' }, organization);
    expect([isAskedAlready, callers[0]?.effect]).toEqual([true, 'fits']);
  });

  test('leaves a file that is only called to its callers, and counts calls that nobody could read', async () => {
    const middle = calling('workflow_call', `${SHARED}@v1`, null, null);
    const away = calling('push', `octo-org/away/${FOLDER}/x.yml@v1`, null, null);
    const organization = {
      'octo-org/shared': SHARING,
      'octo-org/a': { [`${FOLDER}/middle.yml`]: middle, [`${FOLDER}/away.yml`]: away },
    };
    const { callers, unreadCalls } = await asks(SHARED, { packages: 'write' }, organization);
    expect(callers.map(({ effect }) => effect)).toEqual(['by-callers']);
    expect(unreadCalls).toBe(1);
  });
});
