import { expect, test } from '@jest/globals';

import { minimised } from '../../fuzz/minimise.mjs';

test('an input is made as small as what it shows allows', async () => {
  const text = 'a: b\nc:\n  - needle in this line\n  - d\n';
  expect(await minimised(text, (shorter) => Promise.resolve(shorter.includes('needle')), 'finding')).toBe('needle');
});
