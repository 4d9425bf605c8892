import { expect, test } from '@jest/globals';

import { changesBetween } from '../../src/changes/changes-between.ts';
import { checkAll } from '../../src/check-all.ts';
import { settingsOf } from '../helpers/checking.ts';
import { stateOf } from '../helpers/comparing.ts';
import { CALLED, calling, CI, DEPLOY, file, job, KNOWN, LIB, READ, remote } from './written.ts';

const GONE = '.github/workflows/gone.yml';
const OLD = '.github/workflows/old.yml';
const NEW = '.github/workflows/new.yml';

const base = {
  [CI]: file('push', job('a'), job('b'), job('gone')),
  [DEPLOY]: file('push', calling('read', remote('v1'), [READ]), calling('unread', remote('v3'), [READ])),
  [GONE]: file('create', job('d'), job('e')),
  [OLD]: file('push', job('f'), job('g'), job('h')),
};
const head = {
  [CI]: file('push', job('a'), job('renamed', [], 'b'), job('i')),
  [DEPLOY]: file('push', calling('read', remote('v3'), [READ]), calling('unread', remote('v1'), [READ])),
  [LIB]: file('push', job('e'), job('j'), job('k'), job('l')),
  [NEW]: file('push', job('f'), job('other', [], 'g'), job('m')),
};
const settings = settingsOf(KNOWN);
const { inHead } = changesBetween(
  checkAll(stateOf(base, CALLED), settings, []),
  checkAll(stateOf(head, CALLED), settings, []),
);

/** What the base names, and how the head does. */
test.each([
  ['a file', [CI], [CI]],
  ['a job', [CI, 'a'], [CI, 'a']],
  ['a job with another name', [CI, 'b'], [CI, 'renamed']],
  ['a job that is gone', [CI, 'gone'], [CI, 'gone']],
  ['a renamed file', [OLD], [NEW]],
  ['a job of a renamed file', [OLD, 'f'], [NEW, 'f']],
  ['a job with another name of a renamed file', [OLD, 'g'], [NEW, 'other']],
  ['a job that is gone of a renamed file', [OLD, 'h'], [NEW, 'h']],
  ['a file that is gone', [GONE], [GONE]],
  ['a job that moved out of a file that is gone', [GONE, 'e'], [LIB, 'e']],
  ['a job of a file that is gone', [GONE, 'd'], [GONE, 'd']],
  ['a call that could be read', [DEPLOY, 'read'], [DEPLOY, 'read']],
  ['a called job that can be read now', [DEPLOY, 'unread'], [DEPLOY, 'unread']],
  ['a file that was never there', [LIB, 'x'], [LIB, 'x']],
])('%s', (_, [workflow, ...jobs], [inHeadToo, ...others]) => {
  const expected = { workflow: inHeadToo, ...(others.length === 0 ? {} : { job: others }) };
  expect(inHead({ workflow: workflow!, ...(jobs.length === 0 ? {} : { job: jobs }) })).toStrictEqual(expected);
});
