import { expect, test } from '@jest/globals';

import type { CommandLineValues } from '../../src/edge/command-line/option-table.ts';
import { refuseContradictions } from '../../src/edge/command-line/contradicting-options.ts';
import { run } from './command-line-run.ts';

const READ = { setting: 'default-permissions', value: 'read' } as const;

test.each<[CommandLineValues, RegExp]>([
  [{ fix: true, diff: true }, /--fix writes .* --diff/],
  [{ fix: true, at: 'main' }, /without --at\. Write --diff/],
  [{ fix: true, writeBaseline: true }, /without --fix\. Run it afterwards/],
  [{ diff: true, writeBaseline: true }, /without --diff\. Run it afterwards/],
  [{ writeBaseline: true, at: 'main' }, /without --at\. Check out "main" first/],
  [{ writeBaseline: true, base: 'main' }, /without --base\. Leave one of them out/],
  [{ writeBaseline: true, whatIf: READ }, /without --what-if\. Leave one of them out/],
  [{ diff: true, format: 'markdown' }, /--format text, json or sarif/],
  [{ report: 'new' }, /Add --base REF/],
])('%j do not go together', (values, message) => {
  expect(() => refuseContradictions(values)).toThrow(message);
});

test.each<[CommandLineValues]>([
  [{}],
  [{ fix: true, format: 'markdown' }],
  [{ fix: true, format: 'sarif' }],
  [{ diff: true, format: 'sarif' }],
  [{ diff: true, at: 'main' }],
  [{ fix: true, base: 'main' }],
  [{ fix: true, whatIf: READ }],
  [{ base: 'main', at: 'work', whatIf: READ, report: 'new' }],
  [{ report: 'all' }],
])('%j go together', (values) => {
  expect(() => refuseContradictions(values)).not.toThrow();
});

test('they are refused before anything is read', async () => {
  expect(await run(['no-such-folder', '--report', 'new'])).toEqual({
    status: 2,
    text: '',
    error:
      'effective-permissions: --report new needs a base to tell what is new. Add --base REF, such as --base main.\n',
  });
});
