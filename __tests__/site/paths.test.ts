import { expect, test } from '@jest/globals';

import { freePath, isWorkflow, pathInRepository } from '../../site/src/input/paths.ts';

test.each([
  ['ci.yml', '.github/workflows/ci.yml'],
  ['my-repository/.github/workflows/ci.yml', '.github/workflows/ci.yml'],
  ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
  ['a\\.github\\workflows\\ci.yml', '.github/workflows/ci.yml'],
  ['workflows/ci.yml', '.github/workflows/ci.yml'],
  ['my-repository/.github/actions/setup/action.yml', '.github/actions/setup/action.yml'],
  ['my-repository/tools/action.yaml', 'tools/action.yaml'],
  ['my-repository/action.yml', 'action.yml'],
  ['action.yml', 'action.yml'],
])('%s is %s in its repository', (given, path) => {
  expect(pathInRepository(given)).toBe(path);
});

test('what GitHub takes for a workflow', () => {
  const paths = ['.github/workflows/a.yml', '.github/workflows/a.yaml', '.github/workflows/b/a.yml', 'a.yml'];
  expect(paths.map(isWorkflow)).toEqual([true, true, false, false]);
});

test('a second file of the same name gets another one', () => {
  expect(freePath([], 'a/b.yml')).toBe('a/b.yml');
  expect(freePath(['a/b.yml', 'a/b-2.yml'], 'a/b.yml')).toBe('a/b-3.yml');
  expect(freePath(['a.b/c'], 'a.b/c')).toBe('a.b/c-2');
});
