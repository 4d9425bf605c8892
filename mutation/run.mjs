/** `node mutation/run.mjs [--static] FOLDER`: mutates a folder of src. See docs/mutation-testing.md. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Stryker } from '@stryker-mutator/core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { static: { type: 'boolean', default: false } },
});
const [folder] = positionals;
process.chdir(path.resolve(import.meta.dirname, '..'));
const work = 'mutation/.work';
mkdirSync(work, { recursive: true });
process.env.MUTATION_FOLDER = folder.split('/')[0];
process.env.MUTATION_RESULTS = path.resolve(work, `${folder.replaceAll('/', '.')}.jsonl`);
rmSync(process.env.MUTATION_RESULTS, { force: true });
// Fewer random cases: what they find is found by the first ones.
process.env.PROPERTY_TIMES = '0.1';

await new Stryker({
  mutate: [`src/${folder}/**/*.ts`],
  plugins: ['./mutation/test-runner.mjs', './mutation/lines-reporter.mjs'],
  testRunner: 'in-process',
  testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=3000'],
  reporters: ['progress-append-only', 'lines'],
  concurrency: 2,
  coverageAnalysis: 'perTest',
  ignoreStatic: !values.static,
  disableTypeChecks: true,
  ignorePatterns: ['/.git', '/bench', '/dist', '/fuzz', '/mutation', '/node20', '/site'],
  tempDirName: `${work}/sandbox`,
  timeoutMS: 300_000,
  dryRunTimeoutMinutes: 60,
}).runMutationTest();
