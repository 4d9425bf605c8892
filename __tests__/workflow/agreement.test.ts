import { readFileSync } from 'node:fs';

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';

import { mutated } from '../../fuzz/mutate.ts';
import { editorSays } from '../../fuzz/oracles/editor.ts';
import { KNOWN_DIFFERENCES, knownReason } from '../../fuzz/oracles/known-differences.ts';
import { drawFrom } from '../../fuzz/random.ts';
import { readFiles } from '../../src/workflow/read-files.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { randomWorkflow, workflowText } from '../helpers/random-workflow.ts';
import { sentences } from '../helpers/reading.ts';

/** Why the parser for editors refuses a file that GitHub runs, or takes one that GitHub refuses. */
const DIFFERENT: readonly (readonly [reason: string, editor: RegExp, files: readonly string[]])[] = [
  [
    'under `on`, editors refuse keys, filters and types of activity that the server does not know',
    /^\d+:\d+ (?:Unexpected value '.*'|A mapping was not expected)$/,
    [
      'AdnaneKhan/gato-x/.github/workflows/integration.yaml',
      'StagecraftOps/pace-stagecraft-monorepo/.github/workflows/performance-benchmarks.yml',
      'helm/helm/.github/workflows/release.yml',
      'micrometer-metrics/micrometer/.github/workflows/deploy-docs.yml',
      'oleg-rom/cal.com-fork/.github/workflows/cleanup.yml',
      'submariner-io/submariner-website/.github/workflows/dependent-issues.yml',
    ],
  ],
  [
    'editors look at the cron expression',
    /^\d+:\d+ Invalid cron expression/,
    ['Azure/login/.github/workflows/azure-login-canary.yml'],
  ],
  [
    'editors want the default of an input to be a text, or of the type of the input',
    /^\d+:\d+ Unexpected type '.*' encountered while reading 'input default'/,
    [
      'slsa-framework/example-package/.github/workflows/e2e.container.workflow_dispatch.main.workflow_inputs.slsa3.yml',
      'slsa-framework/example-package/.github/workflows/e2e.generic.workflow_dispatch.main.workflow_inputs.slsa3.yml',
      'slsa-framework/example-package/.github/workflows/e2e.go.workflow_dispatch.main.workflow_inputs-noldflags.slsa3.yml',
      'vllm-project/vllm-ascend/.github/workflows/_e2e_nightly_multi_node.yaml',
      'vllm-project/vllm-ascend/.github/workflows/_e2e_nightly_multi_node_560t.yaml',
      'vllm-project/vllm-ascend/.github/workflows/_e2e_nightly_single_node.yaml',
      'vllm-project/vllm-ascend/.github/workflows/_e2e_nightly_single_node_560t.yaml',
      'vllm-project/vllm-ascend/.github/workflows/_e2e_nightly_single_node_models.yaml',
    ],
  ],
  [
    '`cache-mode` is newer than the parser',
    /^\d+:\d+ Unexpected value 'cache-mode'$/,
    [
      'actions/setup-java/.github/workflows/benchmark-cache-restore.yml',
      'actions/setup-java/.github/workflows/e2e-cache.yml',
    ],
  ],
  [
    'steps in the background are still an experiment in the parser',
    /^\d+:\d+ Unexpected value '(?:background|wait-all)'$/,
    [
      'electron/electron/.github/workflows/pipeline-segment-electron-build.yml',
      'electron/electron/.github/workflows/pipeline-segment-electron-publish.yml',
    ],
  ],
];

const job = (lines: string) => `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - ${lines}\n`;

/** A file for each known reason. */
const EXAMPLES: Readonly<Record<string, string>> = {
  'keys and types under `on`': job('run: x').replace('on: push', 'on: { push: { what: [x] } }'),
  'the cron expression': job('run: x').replace('on: push', 'on: { schedule: [{ cron: 0 0 * * x }] }'),
  'the default of an input': job('run: x').replace(
    'on: push',
    'on: { workflow_dispatch: { inputs: { a: { type: string, default: 1 } } } }',
  ),
  'a choice without options': job('run: x').replace(
    'on: push',
    'on: { workflow_dispatch: { inputs: { a: { type: choice } } } }',
  ),
  'an expression for a whole mapping': job('run: x\n        env:\n          A ${{ secrets.B }}'),
  'a key in braces without a value': job('uses: actions/checkout@v6\n        with: { a }'),
  'a comment straight behind a quote': job("run: 'x'#c"),
  'lines in quotes that are indented too little': job("run: 'x\n   y'"),
  'white space in an expression': job('run: x').replace('runs-on: x', 'runs-on: x\n    if: github.ref\u00a0== 1'),
  'the case of a job id': job('run: x\n  b:\n    needs: A\n    runs-on: x\n    steps: [run: x]'),
  'the reference of an action': job('uses: actions'),
  'the reference of a workflow': 'on: push\njobs:\n  a:\n    uses: ./a.yml\n',
  'a matrix without values': job('run: x').replace('runs-on: x', 'runs-on: x\n    strategy: { matrix: { a: [] } }'),
  'a comma without anything behind it': job("run: ${{ contains('a', 'a',) }}"),
  'no event': job('run: x').replace('on: push', 'on: {}'),
  'a carriage return alone': job('run: |\n          a\r b'),
  'a key in braces taken for a value': job('run: x').replace('on: push', 'on: push\npermissions: { contents, none }'),
};

/** Files that GitHub refuses, and what the parser for editors says. */
const REFUSED: readonly (readonly [file: string, ours: string, editor: RegExp | null])[] = [
  // Lines of a script that are not indented end its block: what follows is neither a key nor a value.
  [
    'Marcone1983/greedandgrossnextlevel/.github/workflows/Merda.yml',
    '56:1 You have an error in your yaml syntax on line 56',
    /line 56, column 1/,
  ],
  [
    'Marcone1983/greedandgrossnextlevel/.github/workflows/NonToccare.yml',
    '58:1 You have an error in your yaml syntax on line 58',
    /line 58, column 1/,
  ],
  [
    'Marcone1983/greedandgrossnextlevel/.github/workflows/usa-build-apk.yml',
    '153:1 You have an error in your yaml syntax on line 153',
    /line 153, column 1/,
  ],
  // The parser for editors does not look into matrices.
  [
    'ggurbet/casper_staking/.github/workflows/codeql.yml',
    "41:19 Matrix vector 'language' does not contain any values",
    null,
  ],
];

(hasCorpus ? describe : describe.skip)(
  'real workflow files, read by us and by the parser that GitHub gives to editors',
  () => {
    test('have the same verdict, but for known reasons', async () => {
      const differences: string[] = [];
      const expected = new Map(DIFFERENT.flatMap(([, editor, files]) => files.map((file) => [file, editor] as const)));
      const refused = new Map(REFUSED.map(([file, ours, editor]) => [file, { ours, editor }] as const));
      // Every third file, and those that differ; all of them on a longer hunt.
      const isHunt = tried(1).numRuns > 1;
      const files = corpusFiles().filter(
        ({ name }, index) => isHunt || index % 3 === 0 || expected.has(name) || refused.has(name),
      );
      for (const { name, bytes } of files) {
        const [file] = readFiles([{ path: name, bytes }]);
        const ours = sentences(file?.problems ?? []);
        const theirs = await editorSays(new TextDecoder().decode(bytes));
        const known = refused.get(name);
        const reason = expected.get(name);
        const isAsKnown =
          known === undefined
            ? ours.length === 0 &&
              (reason === undefined ? theirs.length === 0 : theirs.every((one) => reason.test(one)))
            : ours.join() === known.ours &&
              (known.editor === null ? theirs.length === 0 : known.editor.test(theirs[0] ?? ''));
        if (!isAsKnown || (reason !== undefined && theirs.length === 0))
          differences.push(JSON.stringify({ name, ours, theirs }));
      }
      expect(differences).toEqual([]);
    });
  },
);

describe('files that were made up or changed, read by us and by the parser that GitHub gives to editors', () => {
  const draw = drawFrom(20_261_121);
  const verdicts = async (text: string) => {
    const ours = sentences(readWorkflow(text).problems);
    const theirs = await editorSays(text);
    const isSame = ours.length > 0 === theirs.length > 0;
    return { ours, theirs, reason: isSame ? 'none' : knownReason(text, ours, theirs) };
  };

  test('have the same verdict, but for known reasons', async () => {
    const made = fc.sample(randomWorkflow.map(workflowText), { numRuns: 40, seed: 1 });
    const real = corpusFiles()
      .map(({ bytes }) => new TextDecoder().decode(bytes))
      .filter(({ length }) => length < 2500);
    const texts = [...made, ...real];
    let valid = 0;
    for (let count = 0; count < tried(250).numRuns; count++) {
      const text = mutated(draw.pick(texts), draw, {
        other: draw.pick(texts),
        words: ['permissions', 'write', 'uses', 'on'],
      });
      const { reason, ours, theirs } = await verdicts(text);
      if (reason === undefined) expect({ text, ours, theirs }).toBe('explained');
      valid += Number(ours.length === 0);
    }
    expect(valid).toBeGreaterThan(20);
  });

  test.each(Object.entries(EXAMPLES))('%s', async (reason, text) => {
    expect(await verdicts(text)).toMatchObject({ reason });
  });

  test('each known reason has an example, and stands in the table for contributors', () => {
    const reasons = KNOWN_DIFFERENCES.map(({ reason }) => reason);
    expect(Object.keys(EXAMPLES)).toEqual(reasons);
    const table = readFileSync(new URL('../../fuzz/README.md', import.meta.url), 'utf8');
    const rows = [...table.matchAll(/^\| (.+?) +\| (?:the editor|we) +\|/gm)].map(([, reason]) => reason);
    expect(rows).toEqual(reasons.map((reason) => reason.replace(/^./, (first) => first.toUpperCase())));
  });
});
