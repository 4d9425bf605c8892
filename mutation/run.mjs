/** `node mutation/run.mjs [--static] [--survivors] [FOLDER…]`: mutates folders of src. See docs/mutation-testing.md. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { Stryker } from '@stryker-mutator/core';

import { FOLDERS } from './files.mjs';
import { WORK, linesFile, rangeOf, resultsOf, survives } from './results.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { static: { type: 'boolean', default: false }, survivors: { type: 'boolean', default: false } },
});
const folders = positionals.length === 0 ? FOLDERS : positionals;
process.chdir(path.resolve(import.meta.dirname, '..'));
mkdirSync(WORK, { recursive: true });
// Fewer random cases: what they find is found by the first ones.
process.env.PROPERTY_TIMES = '0.1';

/** `tests`: the folder whose tests are run, or `all`. */
function run(tests, mutate) {
  process.env.MUTATION_TESTS = tests;
  return new Stryker({
    mutate,
    plugins: ['./mutation/test-runner.mjs', './mutation/lines-reporter.mjs'],
    testRunner: 'in-process',
    testRunnerNodeArgs: ['--disable-warning=ExperimentalWarning', '--max-old-space-size=3000'],
    reporters: ['progress-append-only', 'lines'],
    concurrency: 2,
    coverageAnalysis: 'perTest',
    ignoreStatic: !values.static,
    disableTypeChecks: true,
    ignorePatterns: ['/.git', '/bench', '/dist', '/fuzz', '/mutation', '/node20', '/site'],
    tempDirName: `${WORK}/sandbox`,
    timeoutMS: 300_000,
    dryRunTimeoutMinutes: 60,
  }).runMutationTest();
}

if (!values.survivors) {
  for (const folder of folders) {
    rmSync(linesFile(folder), { force: true });
    await run(folder, [`src/${folder}/**/*.ts`]);
  }
}
const survivors = folders.flatMap((folder) => resultsOf(folder).filter(survives));
if (survivors.length > 0) await run('all', survivors.map(rangeOf));
