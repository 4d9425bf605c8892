import { randomWorkflow, workflowText } from '../../__tests__/helpers/random-workflow.ts';
import { sentences } from '../../__tests__/helpers/reading.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { editorSays } from '../oracles/editor.ts';
import { knownReason } from '../oracles/known-differences.ts';
import { sampler } from '../seeds/samples.ts';
import { workflowTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

const sample = sampler(randomWorkflow.map(workflowText));

/** Our verdict on a workflow file and that of GitHub's parser for editors: the same, or different for a known reason. */
export const EDITOR: Target = {
  name: 'editor',
  longest: 1500,
  seeds: workflowTexts,
  generate: sample,
  run: async (text) => {
    const ours = sentences(readWorkflow(text).problems);
    const theirs = await verdict(text);
    if (theirs === null || ours.length > 0 === theirs.length > 0) return;
    must(
      knownReason(text, ours, theirs) !== undefined,
      () => `we: ${ours[0] ?? 'fine'}; the editor: ${theirs[0] ?? 'fine'}`,
    );
  },
};

/** `null` where the parser for editors breaks down itself. */
async function verdict(text: string): Promise<readonly string[] | null> {
  try {
    return await editorSays(text);
  } catch {
    return null;
  }
}
