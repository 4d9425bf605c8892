import { isDeepStrictEqual } from 'node:util';

import { logText, readLog } from '../../__tests__/observed/logs.ts';
import { verify } from '../../__tests__/observed/verifying.ts';
import { textVerification } from '../../src/report/text/text-verification.ts';
import { checkPrinted } from '../oracles/log.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

const WORKFLOW = `on: [push, pull_request]
jobs:
  build: { runs-on: x, permissions: { contents: read }, steps: [{ run: x }] }
  test: { runs-on: x, name: "test (\${{ matrix.a }})", strategy: { matrix: { a: [1, 2] } }, steps: [{ run: x }] }
`;

const LEVELS = ['Contents: read', 'Metadata: read'];
const FROM_GH = logText(LEVELS).replaceAll(/^/gm, 'build\tSet up job\t');

/** Logs of runs: whatever the pieces, they are read alike; every eighth is compared, and told without harm. */
export const LOG: Target = {
  name: 'log',
  longest: 2500,
  seeds: () => [
    ...[logText(LEVELS), logText([]), logText(['Contents: write', ...LEVELS.slice(1)], { date: null }), FROM_GH],
    ...[
      logText(LEVELS, { name: 'test (1)', secretSource: 'Dependabot' }),
      `\ufeff${logText(LEVELS).replaceAll('\n', '\r\n')}`,
    ],
  ],
  run: (text) => {
    const whole = readLog(text, 100_000);
    must(isDeepStrictEqual(readLog(text, 1 + (text.length % 7)), whole), () => 'in pieces it says something else');
    if (text.length % 8 > 0) return;
    for (const color of [true, false]) checkPrinted(textVerification(verify(WORKFLOW, text), { width: 60, color }));
  },
};
