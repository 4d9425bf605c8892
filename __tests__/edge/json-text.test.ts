import { expect, test } from '@jest/globals';

import { jsonText } from '../../src/edge/output/json-text.ts';

test.each([
  {},
  { a: 1 },
  { a: [], b: {}, c: null, d: '' },
  { list: [1, 'two\nlines', null, [], {}, [[1], { a: [2] }]], 'odd "key"\n': { deep: { deeper: ['x'] } } },
  { left: undefined, out: 1 },
  { left: undefined },
  { many: Array.from({ length: 5000 }, (_, index) => ({ index, text: 'x'.repeat(index % 100) })) },
])('the text of an object is that of JSON.stringify', (object: object) => {
  expect([...jsonText(object)].join('')).toBe(`${JSON.stringify(object, null, 2)}\n`);
});

test('a long text comes in many chunks', () => {
  const chunks = [...jsonText({ many: Array.from({ length: 3000 }, () => 'x'.repeat(100)) })];
  expect(chunks.length).toBeGreaterThan(3);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(70_000);
});
