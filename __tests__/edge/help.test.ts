import { expect, test } from '@jest/globals';

import { OTHER_COMMANDS } from '../../src/edge/command-line/commands.ts';
import { run } from './command-line-run.ts';

const parts = await Promise.all(
  [...OTHER_COMMANDS].map(async ([name, { load }]) =>
    [...((await load()).parts?.keys() ?? [])].map((part) => [name, part]),
  ),
);

test.each([[], ...[...OTHER_COMMANDS.keys()].map((name) => [name]), ...parts.flat()])(
  'the help fits 80 columns: %s',
  async (...words) => {
    const { status, text } = await run([...words, '--help'], { COLUMNS: '80' });
    expect(status).toBe(0);
    expect(text).toMatch(/^Usage: effective-permissions /);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  },
);
