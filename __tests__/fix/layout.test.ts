import { describe, expect, test } from '@jest/globals';

import { layoutOf } from '../../src/fix/layout.ts';
import type { LaidOutFile } from '../../src/fix/layout.ts';
import type { Permissions } from '../../src/model/permission.ts';

const READ: Permissions = { contents: 'read' };
const WRITE: Permissions = { contents: 'write' };
const ISSUES: Permissions = { contents: 'read', issues: 'write' };

const FILE: LaidOutFile = { hasBlock: false, isOnlyCalled: false, isFixed: false };

/** A job as `id: what its own block gives → what it is to have`; the block of the workflow is `root`. */
interface Job {
  readonly own?: Permissions;
  readonly to: Permissions | null;
}

/** The blocks that change, by owner; that of the workflow is `''`. */
function laidOut(
  root: Permissions | null,
  jobs: Readonly<Record<string, Job>>,
  file: Partial<LaidOutFile> = {},
): Readonly<Record<string, Permissions>> {
  const list = Object.entries(jobs).map(([id, { own, to }]) => ({
    id,
    hasBlock: own !== undefined,
    declared: own ?? root,
    suggested: to,
  }));
  const blocks = layoutOf(list, { ...FILE, hasBlock: root !== null, ...file });
  return Object.fromEntries(blocks.map(({ owner, permissions }) => [owner ?? '', permissions]));
}

describe('a file without a block', () => {
  test.each<[string, Readonly<Record<string, Job>>, Readonly<Record<string, Permissions>>]>([
    ['of one job', { a: { to: ISSUES } }, { '': ISSUES }],
    ['of jobs that are alike', { a: { to: WRITE }, b: { to: WRITE } }, { '': WRITE }],
    ['of jobs that need nothing', { a: { to: {} }, b: { to: {} } }, { '': {} }],
    ['most of whose jobs read', { a: { to: READ }, b: { to: ISSUES }, c: { to: READ } }, { '': READ, b: ISSUES }],
    ['most of whose jobs need nothing', { a: { to: {} }, b: { to: ISSUES }, c: { to: {} } }, { '': {}, b: ISSUES }],
    ['whose jobs all differ', { a: { to: WRITE }, b: { to: ISSUES } }, { '': {}, a: WRITE, b: ISSUES }],
    ['with a job that is not known', { a: { to: READ }, b: { to: null } }, { a: READ }],
    ['with no job that is known', { a: { to: null } }, {}],
    ['with a block at a job that is right', { a: { own: WRITE, to: WRITE }, b: { to: READ } }, { '': READ }],
    ['with a block at a job that is not known', { a: { own: WRITE, to: null }, b: { to: READ } }, { '': READ }],
    ['with a block at a job beside one that writes', { a: { own: READ, to: READ }, b: { to: WRITE } }, { b: WRITE }],
  ])('%s', (_, jobs, blocks) => {
    expect(laidOut(null, jobs)).toEqual(blocks);
  });

  test('that is only called leaves to its callers what it does not say', () => {
    const file = { isOnlyCalled: true };
    expect(laidOut(null, { a: { to: READ }, b: { own: WRITE, to: READ } }, file)).toEqual({ b: READ });
  });

  test('that may get none has its jobs get them', () => {
    expect(laidOut(null, { a: { to: READ }, b: { to: READ } }, { isFixed: true })).toEqual({ a: READ, b: READ });
  });
});

describe('a file with a block', () => {
  test.each<[string, Permissions, Readonly<Record<string, Job>>, Readonly<Record<string, Permissions>>]>([
    ['that is right', ISSUES, { a: { to: ISSUES }, b: { to: ISSUES } }, {}],
    ['that is too much for all', WRITE, { a: { to: READ }, b: { to: READ } }, { '': READ }],
    ['that is too little for all', {}, { a: { to: READ } }, { '': READ }],
    ['that is right for one', ISSUES, { a: { to: ISSUES }, b: { to: READ } }, { b: READ }],
    ['that is right for few', WRITE, { a: { to: WRITE }, b: { to: READ }, c: { to: READ } }, { '': READ, a: WRITE }],
    ['that is right for none', WRITE, { a: { to: ISSUES }, b: { to: {} } }, { '': {}, a: ISSUES }],
    ['that reads, and that is too little', READ, { a: { to: ISSUES }, b: { to: WRITE } }, { a: ISSUES, b: WRITE }],
    [
      'that writes, and whose jobs all differ',
      WRITE,
      { a: { to: ISSUES }, b: { to: { actions: 'read' } } },
      { '': {}, a: ISSUES, b: { actions: 'read' } },
    ],
    ['that a job has that is not known', WRITE, { a: { to: null }, b: { to: READ } }, { b: READ }],
    ['that no job has', WRITE, { a: { own: READ, to: READ }, b: { own: WRITE, to: READ } }, { b: READ }],
    [
      'that is what a job with another block needs',
      READ,
      { a: { own: WRITE, to: READ }, b: { to: READ } },
      { a: READ },
    ],
  ])('%s', (_, root, jobs, blocks) => {
    expect(laidOut(root, jobs)).toEqual(blocks);
  });

  test('that is only called is as any other', () => {
    expect(laidOut(WRITE, { a: { to: READ } }, { isOnlyCalled: true })).toEqual({ '': READ });
  });

  test('that has to stay has its jobs differ', () => {
    expect(laidOut(WRITE, { a: { to: READ }, b: { to: WRITE } }, { isFixed: true })).toEqual({ a: READ });
  });
});
