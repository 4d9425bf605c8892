import { expect, test } from '@jest/globals';
import { githubScriptUse } from '../../src/needs/actions/github-script-use.ts';
import { shellUse } from '../../src/needs/scripts/shell-use.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';
import { corpusFiles, hasCorpus } from '../helpers/corpus.ts';
import { stepWith } from './using.ts';

const decoder = new TextDecoder();

(hasCorpus ? test : test.skip)(
  'every script of real workflows is read',
  () => {
    const unread: string[] = [];
    let scripts = 0;
    for (const { name, bytes } of corpusFiles()) {
      for (const step of readWorkflow(decoder.decode(bytes)).workflow.jobs.flatMap(({ steps }) => steps)) {
        const env = Object.fromEntries(step.env.map(({ name: variable, text }) => [variable, text]));
        const context = stepWith({ env, git: true });
        const inline = step.with.find((input) => input.name === 'script');
        if (step.uses?.text.startsWith('actions/github-script') === true && inline !== undefined) {
          githubScriptUse(inline.text, context);
        } else if (step.run !== null && !/\$env:|Write-Host|Get-\w/.test(step.run.text)) {
          scripts += 1;
          const { uncertain } = shellUse(step.run.text, 'bash', context);
          if (uncertain.some(({ because }) => because === 'the script could not be read whole')) unread.push(name);
        }
      }
    }
    expect(scripts).toBeGreaterThan(9000);
    expect(unread.length).toBeLessThan(20);
  },
  120_000,
);
