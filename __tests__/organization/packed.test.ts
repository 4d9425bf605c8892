import { expect, test } from '@jest/globals';
import fc from 'fast-check';

import { pack, unpack } from '../../src/organization/packed.ts';
import { madeFacts } from '../helpers/audit-facts.ts';
import { tried } from '../helpers/property.ts';

test('what is packed and written as JSON is the same again', () => {
  const plain = fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes('__proto__'));
  fc.assert(
    fc.property(plain, (value) => {
      const json = JSON.stringify(value);
      expect(JSON.stringify(unpack(JSON.parse(JSON.stringify(pack(JSON.parse(json))))))).toBe(json);
    }),
    tried(500),
  );
});

test('a text is never taken for a list, a number for a text, or nothing for something', () => {
  const alike = ['0', 0, '0,1', [0, 1], [], {}, '', null, 'null', true, 'true', [null], [''], { '': '' }, { 0: 0 }];
  expect(unpack(pack(alike))).toEqual(alike);
});

test('what is not given stays away, and nothing becomes the prototype of something', () => {
  expect(unpack(pack({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  const made = unpack(pack(JSON.parse('{"__proto__":{"isAdministrator":true},"a":1}'))) as object;
  expect('isAdministrator' in made).toBe(false);
});

test('what is there often is written once', () => {
  const facts = madeFacts({ repositories: 1000, workflows: 4, jobs: 8 });
  const json = JSON.stringify(pack(facts));
  expect(unpack(JSON.parse(json))).toEqual(facts);
  expect(json.length).toBeLessThan(JSON.stringify(facts).length / 4);
});
