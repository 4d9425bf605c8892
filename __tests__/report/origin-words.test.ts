import { expect, test } from '@jest/globals';

import { placesInWords } from '../../src/report/origin-words.ts';
import { differentLines } from '../../src/report/words.ts';

const CI = '.github/workflows/ci.yml';
const at = (line: number, path = CI) => ({ path, line, column: 1 });

test('places are told by their lines, more of them than a function takes arguments as well', () => {
  const many = Array.from({ length: 200_000 }, (_, index) => at(index + 3));
  expect(placesInWords(many, CI)).toEqual(['200,000 of them, lines 3 to 200002']);
  expect(placesInWords([at(3), at(1, 'a.yml'), at(5)], CI)).toEqual(['lines 3 and 5', ', ', { quoted: 'a.yml:1' }]);
});

test('of each line of a file one place is told', () => {
  const twice = { ...at(3), column: 7 };
  expect(differentLines([at(3), at(4), twice, at(3, 'a.yml')]).map(({ path, line }) => `${path}:${line}`)).toEqual([
    `${CI}:3`,
    `${CI}:4`,
    'a.yml:3',
  ]);
});
