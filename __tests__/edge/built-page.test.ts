import { symlinkSync } from 'node:fs';
import path from 'node:path';

import { expect, test } from '@jest/globals';

import { builtPage } from '../../src/edge/audit/built-page.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('the page lies beside the program, which a link may lead to', () => {
  const folder = temporaryFolder({ 'dist/cli/index.js': '', 'dist/cli/audit.html': 'the page' });
  const program = path.join(folder, 'dist', 'cli', 'index.js');
  expect(builtPage(program)).toBe('the page');
  symlinkSync(program, path.join(folder, 'effective-permissions'));
  expect(builtPage(path.join(folder, 'effective-permissions'))).toBe('the page');
});

test('where it does not, that is said', () => {
  const folder = temporaryFolder({ 'index.js': '' });
  const said = 'The file audit.html does not lie beside the program, so no page can be made. Install it again.';
  expect(() => builtPage(path.join(folder, 'index.js'))).toThrow(said);
  expect(() => builtPage(null)).toThrow(said);
});
