import { expect, test } from '@jest/globals';
import { knowsAction } from '../../src/needs/actions/action-use.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';

const decoder = new TextDecoder();

(hasCorpus ? test : test.skip)(
  'the table knows nearly all actions of real workflows',
  () => {
    let [steps, known] = [0, 0];
    for (const { bytes } of corpusFiles()) {
      for (const { uses } of readWorkflow(decoder.decode(bytes)).workflow.jobs.flatMap(({ steps: all }) => all)) {
        const [, name, ref] = /^([\w.-]+\/[^@\s]+)@(\S+)$/.exec(uses?.text ?? '') ?? [];
        if (name === undefined || ref === undefined || name.startsWith('./')) continue;
        steps += 1;
        if (knowsAction(name.toLowerCase(), ref)) known += 1;
      }
    }
    expect(steps).toBeGreaterThan(9000);
    expect(known / steps).toBeGreaterThan(0.96);
  },
  120_000,
);
