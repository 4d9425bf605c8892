import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';

import { runCommandLine, type Output } from '../../src/edge/command-line/run-command-line.ts';

const document = readFileSync(new URL('../../docs/verify.md', import.meta.url), 'utf8');
const examples = [...document.matchAll(/^```console\n\$ node dist\/cli\/index\.js (.*)\n([^]*?)^```$/gm)].map(
  ([, command = '', output = '']) => [command, output] as const,
);

describe('the examples of docs/verify.md', () => {
  test.each(examples)('%s', async (command, output) => {
    let printed = '';
    const stdout: Output = {
      write: (text, done) => {
        printed += text;
        done();
      },
    };
    await runCommandLine({ args: command.split(' '), env: {}, stdout, stderr: stdout });
    expect(printed).toBe(output);
  });

  test('are there, one that agrees and one that differs', () => {
    expect(examples.map(([, output]) => output.split('\n')[0])).toEqual([
      'The log agrees with what is computed.',
      'The log differs from what is computed.',
    ]);
  });
});
