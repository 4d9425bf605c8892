import { describe, expect, test } from '@jest/globals';

import { compare, GATE, INNER, job, own, partsOf } from './comparing-steps.ts';

const NEVER = 'fail-on: never';

describe('steps that are ours', () => {
  const changed = (uses: string, names = {}) =>
    partsOf(
      compare(
        { [GATE]: job(`{ uses: "${uses}" }`) },
        { [GATE]: job(`{ uses: "${uses}", with: { ${NEVER} } }`) },
        names,
      ),
    );

  test.each([' o/ep@v1 ', 'o/EP@main', 'o/ep/sub@v1'])('by name: %s', (uses) => {
    expect(changed(uses)).toEqual(['with fail-on']);
    expect(changed(uses, { action: null, folder: 'actions/ep' })).toBeNull();
  });

  test.each(['o/other@v1', 'o/ep-2@v1', './actions/ep', 'docker://o/ep'])('not by name: %s', (uses) => {
    expect(changed(uses)).toBeNull();
  });

  test.each(['./actions/ep', ' ./actions/./ep/', './/actions/ep'])('by folder: %s', (uses) => {
    expect(changed(uses, { action: null, folder: './actions/ep' })).toEqual(['with fail-on']);
  });

  test.each(['./actions/other', './actionsep', './ep/actions', './'])('not by folder: %s', (uses) => {
    expect(changed(uses, { action: null, folder: 'actions/ep' })).toBeNull();
  });
});

describe('which of several', () => {
  test('those with an id are none of those that the runner counts', () => {
    const base = { [GATE]: job(own('', 'id: a'), own(), own()) };
    const named = { [GATE]: job(own(NEVER, 'id: a'), own(), own()) };
    const second = { [GATE]: job(own('', 'id: a'), own(), own(NEVER)) };
    expect(partsOf(compare(base, named, { step: '__o_ep' }))).toBeNull();
    expect(partsOf(compare(base, named, { step: 'a' }))).toEqual(['with fail-on']);
    expect(partsOf(compare(base, second, { step: '__o_ep' }))).toBeNull();
    expect(partsOf(compare(base, second, { step: '__o_ep_2' }))).toEqual(['with fail-on']);
  });

  test('by the number at the end, of one digit or of two', () => {
    const steps = Array.from({ length: 12 }, () => own());
    const base = { [GATE]: job(...steps) };
    const with12 = { [GATE]: job(...steps.slice(0, 11), own(NEVER)) };
    expect(partsOf(compare(base, with12, { step: '__o_ep_12' }))).toEqual(['with fail-on']);
    expect(partsOf(compare(base, with12, { step: '__o_12_ep_2' }))).toBeNull();
  });

  test('that of the job that runs', () => {
    const two = (first: string, second: string): string =>
      `on: pull_request\njobs:\n  other: { runs-on: x, steps: [${first}] }\n  check: { runs-on: x, steps: [${second}] }\n`;
    const base = { [GATE]: two(own(), own()) };
    expect(partsOf(compare(base, { [GATE]: two(own(NEVER), own()) }))).toBeNull();
    expect(partsOf(compare(base, { [GATE]: two(own(), own(NEVER)) }))).toEqual(['with fail-on']);
    // A base that has it in another job alone has it at another place.
    expect(partsOf(compare({ [GATE]: two(own(), '{ run: x }') }, base))).toEqual(['moved']);
  });

  test('the only one of a job is the same, whatever its id is', () => {
    const outer = `  outer: { uses: ./${INNER} }\n`;
    const inner = job(own()).replace('pull_request', 'workflow_call');
    const base = { [GATE]: `${job(own('', 'id: mine'))}${outer}`, [INNER]: inner };
    const head = { [GATE]: `${job(own())}${outer}`, [INNER]: inner };
    expect(partsOf(compare(base, head))).toBeNull();
    expect(partsOf(compare(base, { ...head, [GATE]: `${job(own(NEVER))}${outer}` }))).toEqual(['with fail-on']);
  });

  test('but not where base or head have several', () => {
    const one = { [GATE]: job(own()) };
    expect(partsOf(compare(one, { [GATE]: job(own('', 'id: new'), own()) }, { step: 'new' }))).toEqual(['moved']);
    expect(
      partsOf(compare({ [GATE]: job(own(), own()) }, { [GATE]: job(own('', 'id: new')) }, { step: 'new' })),
    ).toEqual(['moved']);
  });

  test('a workflow that calls itself ends', () => {
    const text = `${job(own())}  again: { uses: ./${GATE} }\n`;
    expect(partsOf(compare({ [GATE]: text }, { [GATE]: text }))).toBeNull();
    expect(partsOf(compare({ [GATE]: text }, { [GATE]: text.replace(own(), own(NEVER)) }))).toEqual(['with fail-on']);
  });

  test('a call of a file that is not there leads nowhere', () => {
    const text = `${job(own())}  gone: { uses: ./${INNER} }\n`;
    expect(partsOf(compare({ [GATE]: text }, { [GATE]: text.replace(own(), own(NEVER)) }))).toEqual(['with fail-on']);
  });
});
