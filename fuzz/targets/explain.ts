import { explanationErrors } from '../../__tests__/schema/validate.ts';
import { check } from '../../src/library.ts';
import type { ObservedRun } from '../../src/model/observed-run.ts';
import { explanationOf } from '../../src/report/explanation.ts';
import { explanationText } from '../../src/report/text/explanation-text.ts';
import { checkPrinted } from '../oracles/log.ts';
import { namer, namesIn } from '../seeds/names.ts';
import { filesIn } from '../seeds/several-files.ts';
import { spread, workflowTexts } from '../seeds/texts.ts';
import { must } from '../target.ts';
import type { Target } from '../target.ts';

/** The schema takes longer than all the rest. */
const SCHEMA_EVERY = 64;

let count = 0;

/** Why a run did not start: its files, and what GitHub's API tells of it, from strangers. */
export const EXPLAIN: Target = {
  name: 'explain',
  longest: 800,
  seeds: () => ['on: push\njobs: { a: { runs-on: x, permissions: { a: write } } }\n', ...spread(workflowTexts(), 200)],
  run: async (text) => {
    const files = filesIn(text);
    const report = await check(files, { repository: 'octo/app', visibility: 'public' });
    for (const workflow of [report.workflows[0] ?? null, null]) {
      const facts = { tool: report.tool, run: runWith(namesIn(text.slice(-60))), jobs: 0, notes: [text.slice(0, 40)] };
      const explanation = explanationOf({ ...facts, workflow, textOf: (path) => files[path] ?? null });
      for (const width of [40, 120]) checkPrinted(explanationText(explanation, { width, color: width > 100 }));
      if (count++ % SCHEMA_EVERY > 0) continue;
      const [error] = explanationErrors(explanation);
      must(error === undefined, () => `report.schema.json: ${error}`);
    }
  },
};

function runWith(names: readonly string[]): ObservedRun {
  const name = namer(names);
  return {
    ...{ id: 1, attempt: 2, url: name('url'), path: name('path'), event: name('event'), commit: name('commit') },
    ...{ branch: name('branch'), actor: name('actor'), headRepository: name('head'), conclusion: name('conclusion') },
    date: name('date'),
  };
}
