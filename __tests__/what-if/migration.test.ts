import { describe, expect, test } from '@jest/globals';

import { planFix, type FixPlan } from '../../src/fix/plan-fix.ts';
import { suggestingBlocks } from '../../src/fix/suggesting-blocks.ts';
import type { ReportedWhatIf } from '../../src/model/report.ts';
import type { WorkflowSource } from '../../src/model/source.ts';
import type { WhatIf } from '../../src/model/settings.ts';
import { PATH, type Known } from '../helpers/checking.ts';
import { applied, sourcesOf, textOf } from '../fix/suggesting.ts';
import { reportOfTrying } from './trying.ts';

const READ: WhatIf = { setting: 'default-permissions', value: 'read' };
const CALLED = '.github/workflows/called.yml';

const OPAQUE = '    runs-on: x\n    steps:\n      - uses: octo-org/who-knows@v1\n';
const RELEASE =
  '    runs-on: x\n    steps:\n      - run: gh release create v1\n        env: { GH_TOKEN: "${{ github.token }}" }\n';
const CALL = `    uses: ./${CALLED}\n`;

type Texts = Readonly<Record<string, string>>;

interface Migrated {
  readonly texts: Texts;
  readonly refused: readonly string[];
  /** Who would still notice. */
  readonly left: ReportedWhatIf;
}

/** The files with the blocks that are to be written first. */
async function migrated(texts: Texts, known: Known = { default: 'write', visibility: 'public' }): Promise<Migrated> {
  const sources = sourcesOf(texts);
  const plan = await planned(sources, known);
  const after = textsOf(applied(sources, plan));
  return {
    texts: after,
    refused: plan.refused.map(({ path, reason }) => `${path}: ${reason}`),
    left: reportOfTrying(READ, after, known).whatIf!,
  };
}

async function planned(sources: readonly WorkflowSource[], known: Known): Promise<FixPlan> {
  const report = reportOfTrying(READ, textsOf(sources), known);
  const suggesting = (files: readonly WorkflowSource[]) =>
    suggestingBlocks(reportOfTrying(READ, textsOf(files), known), report.whatIf!);
  return planFix(sources, suggesting(sources), {
    recheck: (files) => Promise.resolve(suggesting(files)),
    cannotWrite: () => null,
  });
}

function textsOf(sources: readonly WorkflowSource[]): Texts {
  return Object.fromEntries(
    sources.flatMap((source) => ('bytes' in source ? [[source.path, textOf(source.bytes)]] : [])),
  );
}

const NOBODY = { losing: [], unclear: [], failing: [], blocks: [] };

describe('the blocks to write first', () => {
  test.each([
    ['write', { default: 'write', visibility: 'public' }],
    ['not known', { visibility: 'private' }],
  ] satisfies [string, Known][])(
    'give a job that calls all that the jobs have whom nobody can see into: the default is %s',
    async (_name, known) => {
      const texts = {
        [PATH]: `on: [push, pull_request]\njobs:\n  call:\n${CALL}`,
        [CALLED]: `on: workflow_call\njobs:\n  inner:\n${OPAQUE}  other:\n${RELEASE}`,
      };
      const { texts: after, refused, left } = await migrated(texts, known);
      expect(refused).toEqual([]);
      expect(left).toMatchObject(NOBODY);
      expect(after[CALLED]).toBe(texts[CALLED]);
    },
  );

  test('give a job that calls what the jobs need that are seen into', async () => {
    const texts = {
      [PATH]: `on: push\njobs:\n  call:\n${CALL}`,
      [CALLED]: `on: workflow_call\njobs:\n  inner:\n${RELEASE}`,
    };
    const { texts: after, refused, left } = await migrated(texts);
    expect(refused).toEqual([]);
    expect(left).toMatchObject(NOBODY);
    expect(after[PATH]).toContain('contents: write');
  });

  test('are written to a file that has runs of its own and is called too', async () => {
    const texts = {
      [PATH]: `on: push\njobs:\n  call:\n${CALL}`,
      [CALLED]: `on: [push, workflow_call]\njobs:\n  inner:\n${RELEASE}`,
    };
    const { refused, left } = await migrated(texts);
    expect(refused).toEqual([]);
    expect(left).toMatchObject(NOBODY);
  });

  test('are not written to a file whose callers give less: their runs would not start', async () => {
    const texts = {
      [PATH]: `on: push\npermissions: { contents: read }\njobs:\n  call:\n${CALL}`,
      [CALLED]: `on: [push, workflow_call]\njobs:\n  inner:\n${RELEASE}`,
    };
    const { texts: after, refused, left } = await migrated(texts);
    expect(after).toEqual(texts);
    expect(refused).toEqual([expect.stringContaining(`With it, \`${PATH}\` would not start a run as before`)]);
    expect(left.losing.map(({ workflow }) => workflow)).toEqual([CALLED]);
  });

  test('take nothing from a called job that gets more than the file has by itself', async () => {
    const texts = {
      [PATH]: `on: push\npermissions: { contents: write, id-token: write }\njobs:\n  call:\n${CALL}`,
      [CALLED]: `on: [push, workflow_call]\njobs:\n  inner:\n${OPAQUE}`,
    };
    const { texts: after } = await migrated(texts);
    expect(after).toEqual(texts);
  });
});
