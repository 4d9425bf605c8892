import { describe, expect, test } from '@jest/globals';

import { readAction } from '../../src/workflow/read-action.ts';
import { corpusActions, hasCorpus } from '../helpers/corpus.ts';

const PROGRAM = { kind: 'program' };

function withSteps(steps: string): string {
  return `name: x\nruns:\n  using: composite\n  steps:${steps}\n`;
}

describe('a composite action', () => {
  test('has inputs with their defaults as written', () => {
    expect(
      readAction(`name: x
inputs:
  token:
    default: \${{ github.token }}
  Depth: { default: 1 }
  flag: { required: true, default: false }
  bare:
  none: { description: x }
runs:
  using: composite
  steps: []
`),
    ).toEqual({
      kind: 'composite',
      inputs: [
        { name: 'token', text: '${{ github.token }}', position: { line: 4, column: 14 } },
        { name: 'Depth', text: '1', position: { line: 5, column: 21 } },
        { name: 'flag', text: 'false', position: { line: 6, column: 36 } },
        { name: 'bare', text: '', position: { line: 7, column: 3 } },
        { name: 'none', text: '', position: { line: 8, column: 3 } },
      ],
      steps: [],
    });
  });

  test('has steps with the positions of its file', () => {
    const steps = '\n    - uses: a/b@v1\n      with: { x: y }\n    - run: make\n      shell: bash\n      if: always()';
    expect(readAction(withSteps(steps))).toMatchObject({
      steps: [
        { position: { line: 5, column: 7 }, uses: { text: 'a/b@v1', position: { line: 5, column: 13 } } },
        { run: { text: 'make', position: { line: 7, column: 12 } }, shell: 'bash', condition: 'always()' },
      ],
    });
  });

  test('has those steps, too, that run at the same time', () => {
    const steps = '\n    - parallel:\n        - { run: a, shell: sh }\n        - uses: a/b@v1\n    - wait-all:';
    expect(readAction(withSteps(steps))).toMatchObject({
      steps: [{ run: { text: 'a' } }, { uses: { text: 'a/b@v1' } }, { run: null, uses: null }],
    });
  });

  test('may say so in any case, and have lines that end in any way', () => {
    expect(readAction('runs:\r\n  using: "Composite"\r\n  steps: []\r\n')).toMatchObject({ kind: 'composite' });
    expect(readAction('runs:\r  using: composite\r  steps: []\r')).toMatchObject({ kind: 'composite' });
  });
});

describe('what is not known is a program', () => {
  test.each([
    ['node', 'runs: { using: node20, main: index.js }'],
    ['docker', 'runs: { using: docker, image: Dockerfile }'],
    ['a word of tomorrow', 'runs: { using: wasm, steps: [] }'],
    ['no word', 'runs: { steps: [] }'],
    ['an expression', "runs: { using: \"${{ 'a' }}${{ 'b' }}\", steps: [] }"],
    ['no steps', 'runs: { using: composite }'],
    ['steps that are no list', 'runs: { using: composite, steps: { run: x, shell: bash } }'],
    ['a script without a shell', withSteps('\n    - run: make')],
    ['a step that does both', withSteps('\n    - { run: make, shell: bash, uses: a/b@v1 }')],
    ['broken YAML', 'runs: { using: composite, steps: ['],
    ['an unknown anchor', withSteps(' *steps')],
    ['nothing', ''],
    ['a list', '- runs'],
    ['no runs', 'name: x'],
  ])('%s', (_, text) => {
    expect(readAction(text)).toEqual(PROGRAM);
  });
});

(hasCorpus ? test : test.skip)('real composite actions are read', () => {
  const decoder = new TextDecoder();
  const composite = corpusActions().filter(({ bytes }) => /using:\s*["']?composite/.test(decoder.decode(bytes)));
  const unread = composite.filter(({ bytes }) => readAction(decoder.decode(bytes)).kind === 'program');
  expect(composite.length).toBeGreaterThan(100);
  expect(unread.map(({ name }) => name)).toEqual([]);
});
