import { describe, expect, test } from '@jest/globals';

import { briefly, foundBy } from '../helpers/judging.ts';
import type { Judging } from '../helpers/judging.ts';

const CALLED = '.github/workflows/called.yml';
const ci = (on: string, ...scripts: readonly string[]) =>
  `on: ${on}\npermissions: write-all\njobs:\n  a:\n    runs-on: x\n    env: { GH_TOKEN: '\${{ github.token }}' }\n    steps:\n${scripts
    .map((script) => `      - ${script.replaceAll('\n', '\n        ')}\n`)
    .join('')}`;

function found(texts: string | Record<string, string>, given: Judging = {}) {
  return foundBy('impossible-permission', texts, { needsOf: 'real', repository: 'octo/hello', ...given });
}

describe('what no block can give', () => {
  test.each([
    ['secrets', 'run: gh secret set A', '`secrets: write`'],
    ['administration', 'run: gh repo edit --description x', '`administration: write`'],
    ['another repository', 'run: gh issue create -R octo/other', 'a token for octo/other'],
  ])('%s', (_, script, what) => {
    const all = found(ci('push', script));
    expect(all.map(briefly)).toEqual(['ci.yml:8:1 a']);
    expect(all[0]).toMatchObject({ level: 'error', hint: expect.stringMatching(/App|personal access token/) });
    expect(all[0]?.message).toContain(what);
  });

  test.each([
    ['is no news where it is tolerated', ci('push', 'run: gh secret set A || true\ncontinue-on-error: true')],
    ['is none with another token', ci('push', "run: gh secret set A\nenv: { GH_TOKEN: '${{ secrets.PAT }}' }")],
    ['is none where the step never runs', ci('push', 'run: gh secret set A\nif: false')],
    [
      'is no news where the job never runs',
      ci('push', 'run: gh secret set A').replace('runs-on', 'if: false\n    runs-on'),
    ],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([]);
  });

  test('is told once, whatever calls lead to it', () => {
    const caller = `on: push\npermissions: write-all\njobs:\n  x:\n    uses: ./${CALLED}\n  y:\n    uses: ./${CALLED}\n`;
    const all = found({ '.github/workflows/ci.yml': caller, [CALLED]: ci('workflow_call', 'run: gh secret set A') });
    expect(all.map(briefly)).toEqual(['called.yml:8:1 a x/a y/a'.replace('a x/a y/a', 'x/a y/a a')]);
  });

  test('is told once for steps that do the same', () => {
    expect(found(ci('push', 'run: gh secret set A', 'run: gh secret set B')).map(briefly)).toEqual(['ci.yml:8:1 a']);
  });
});

test('a permission that a server does not have', () => {
  const text = ci('push', 'run: gh attestation verify x -R octo/hello').replace('write-all', '{}');
  const rules = (ghes?: '3.10') =>
    (['impossible-permission', 'insufficient-permission'] as const).map(
      (rule) =>
        foundBy(rule, text, {
          needsOf: 'real',
          repository: 'octo/hello',
          visibility: 'private',
          ...(ghes === undefined ? {} : { ghes }),
        }).length,
    );
  expect(rules()).toEqual([0, 1]);
  expect(rules('3.10')).toEqual([1, 0]);
});
