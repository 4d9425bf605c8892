import { describe, expect, test } from '@jest/globals';
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

import { readFiles } from '../../src/workflow/read-files.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { tried } from '../helpers/property.ts';
import { sentences } from '../helpers/reading.ts';

/** What GitHub's parser for editors says about a text, in our form. */
async function editorSays(content: string): Promise<readonly string[]> {
  const { context, value } = parseWorkflow({ name: 'file', content }, new NoOperationTraceWriter());
  const found = context.errors.getErrors().map(({ message }) => message);
  if (found.length > 0) return found.map(inOurForm);
  const template = await convertWorkflowTemplate(context, value!);
  return (template.errors ?? []).map(({ Message }) => inOurForm(Message));
}

function inOurForm(message: string): string {
  const [, line, column, text] = /^file \(Line: (\d+), Col: (\d+)\): (.*)$/s.exec(message) ?? [];
  return text === undefined ? message : `${line}:${column} ${text}`;
}

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
