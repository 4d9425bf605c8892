import { expect, test } from '@jest/globals';

import { parsedOnce } from '../../../src/edge/many/parsed-once.ts';
import { recently } from '../../../src/edge/many/recently.ts';
import { WORKFLOW } from '../temporary-folder.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
/** Only the package that reads all of YAML takes a complex key. */
const ODD = `? on\n: push\njobs: {}\n`;

test('a content is read once, as a file of a repository and as a called one', async () => {
  const parsed = parsedOnce();
  for (const text of [WORKFLOW, ODD]) {
    const [one, two] = await parsed.workflows([
      { path: 'a.yml', bytes: bytes(text) },
      { path: 'b.yml', bytes: bytes(text) },
    ]);
    const [three] = await parsed.workflows([{ path: 'c.yml', bytes: bytes(text) }]);
    const called = await parsed.workflow(bytes(text));
    expect([one?.path, two?.path, three?.path]).toEqual(['a.yml', 'b.yml', 'c.yml']);
    for (const other of [two, three, called]) expect(other?.workflow).toBe(one?.workflow);
  }
});

test('an action is read once', async () => {
  const parsed = parsedOnce();
  const text = 'runs: { using: composite, steps: [] }\n';
  expect(await parsed.action(text)).toBe(await parsed.action(text));
});

test('a file that cannot be read is one with a problem', async () => {
  const [file] = await parsedOnce().workflows([{ path: 'a.yml', error: 'It leads nowhere.' }]);
  expect(file?.problems).toMatchObject([{ code: 'unreadable', message: 'It leads nowhere.' }]);
});

test('what was not asked for lately is forgotten', () => {
  const made: string[] = [];
  const read = recently(10, (text) => made.push(text));
  for (const text of ['aaaa', 'bbbb', 'aaaa', 'cccc', 'aaaa', 'bbbb']) read(text);
  // The third text had no room beside the first two, of which the second was asked for least lately.
  expect(made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb']);
  read('a text that is too long');
  read('a text that is too long');
  expect(made.slice(4)).toEqual(['a text that is too long', 'a text that is too long']);
});
