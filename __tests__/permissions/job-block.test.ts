import { expect, test } from '@jest/globals';

import type { JobBlock } from '../../src/permissions/job-block.ts';
import { askedPermissions, declaredPermissions } from '../../src/permissions/declared.ts';
import { jobBlock } from '../../src/permissions/job-block.ts';
import { platformOn } from '../../src/permissions/platform.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';

const PASSED_ON: JobBlock = { from: 'job', path: 'caller.yml', block: blockOf('read-all') };

function blockOf(block: string) {
  return readWorkflow(`on: push\npermissions: ${block}\njobs: { a: { runs-on: x } }\n`).workflow.permissions!;
}

function from(blocks: { readonly workflow?: string; readonly job?: string }, passedOn: JobBlock | null) {
  const line = (block: string | undefined) => (block === undefined ? '' : `permissions: ${block}`);
  const { workflow } = readWorkflow(
    `on: push\n${line(blocks.workflow)}\njobs:\n  a:\n    runs-on: x\n    ${line(blocks.job)}\n`,
  );
  const found = jobBlock(workflow.jobs[0]!, workflow, 'ci.yml', passedOn);
  return found === null ? null : [found.from, found.path, declaredPermissions(found.block, { kind: 'github.com' })];
}

test.each([
  [{ workflow: '{ contents: read }', job: '{ issues: write }' }, null, ['job', 'ci.yml', { issues: 'write' }]],
  [{ workflow: '{ contents: read }', job: '{}' }, PASSED_ON, ['job', 'ci.yml', {}]],
  [{ workflow: '{ contents: read }' }, PASSED_ON, ['workflow', 'ci.yml', { contents: 'read' }]],
  [{}, PASSED_ON, ['caller', 'caller.yml', expect.objectContaining({ contents: 'read' })]],
  [{}, null, null],
])('the block of %j applies', (blocks, passedOn, expected) => {
  expect(from(blocks, passedOn)).toEqual(expected);
});

test('`read-all` gives no `id-token`, but asks for it', () => {
  const [platform, block] = [{ kind: 'github.com' } as const, blockOf('read-all')];
  expect(declaredPermissions(block, platform)).not.toHaveProperty('id-token');
  expect(askedPermissions(block, platform)).toMatchObject({ 'id-token': 'read', contents: 'read' });
  expect(askedPermissions(blockOf('{ contents: read }'), platform)).toEqual({ contents: 'read' });
});

test('a day counts on github.com alone', () => {
  const server = { kind: 'ghes', version: { major: 3, minor: 17 } } as const;
  expect(platformOn({ kind: 'github.com' }, '2026-07-01')).toEqual({ kind: 'github.com', asOf: '2026-07-01' });
  expect(platformOn(server, '2026-07-01')).toBe(server);
});
