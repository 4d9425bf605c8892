import { describe, expect, test } from '@jest/globals';

import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { indented, JOBS } from '../helpers/reading.ts';

function triggers(on: string) {
  return readWorkflow(`on:${on.startsWith('\n') ? indented(on, 2) : ` ${on}`}\n${JOBS}`).workflow.triggers;
}

const NOTHING = { types: null, branches: null, branchesIgnore: null, tags: null, tagsIgnore: null, workflows: null };

describe('events, in the order written', () => {
  test('one', () => {
    expect(triggers('push')).toEqual([{ event: 'push', position: { line: 1, column: 5 }, ...NOTHING }]);
  });

  test('a list', () => {
    expect(triggers('[schedule, push]')).toEqual([
      { event: 'schedule', position: { line: 1, column: 6 }, ...NOTHING },
      { event: 'push', position: { line: 1, column: 16 }, ...NOTHING },
    ]);
  });

  test('a mapping', () => {
    expect(triggers('\npush:\npull_request: {}\n').map(({ event, position }) => [event, position.line])).toEqual([
      ['push', 2],
      ['pull_request', 3],
    ]);
  });
});

describe('filters', () => {
  test.each([
    ['types: opened', { types: ['opened'] }],
    ['types: [opened, closed]', { types: ['opened', 'closed'] }],
    ['types: []', { types: [] }],
    ['types:', {}],
    ['branches: [main, 1]', { branches: ['main', '1'] }],
    ['branches-ignore: main', { branchesIgnore: ['main'] }],
    ["tags: ['v*']", { tags: ['v*'] }],
    ["tags-ignore: ['v*']", { tagsIgnore: ['v*'] }],
    ['paths: [src]', {}],
    ['Branches: [main]', {}],
  ])('%s', (written, expected) => {
    expect(triggers(`\npush:\n  ${written}\n`)).toEqual([
      { event: 'push', position: { line: 2, column: 3 }, ...NOTHING, ...expected },
    ]);
  });

  test('by an alias', () => {
    expect(
      triggers('\npush: &filter\n  branches: [main]\npull_request: *filter\n').map(({ branches }) => branches),
    ).toEqual([['main'], ['main']]);
  });
});
