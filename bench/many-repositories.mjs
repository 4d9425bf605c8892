// What many repositories at once take, beside the same files as those of one repository:
//     node bench/many-repositories.mjs [FOLDER]
// FOLDER has checkouts at FOLDER/OWNER/NAME; without it, they are those of ../shared/corpus.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { CORPUS } from './corpus.mjs';
import { measure, measureAll, median } from './measure.mjs';
import { writeAllWorkflows } from './workflow-texts.mjs';

const MOST = 2;
const RUNS = 5;

const repositories = process.argv[2] ?? CORPUS;
if (existsSync(repositories)) compare();
else console.log(`No folder ${repositories}: nothing to measure.`);

function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'many-repositories-'));
  try {
    console.log(`${writeAllWorkflows(repositories, folder)} files`);
    const runs = Array.from({ length: RUNS }, () => ({
      alone: measure(folder, 'json'),
      all: measureAll(repositories, 'jsonl'),
      text: measureAll(repositories, 'text'),
    }));
    for (const what of ['alone', 'all', 'text']) {
      const each = runs.map((run) => run[what]);
      const seconds = median(each.map((run) => run.seconds)).toFixed(2);
      const cpuSeconds = median(each.map((run) => run.cpuSeconds)).toFixed(2);
      const megabytes = Math.max(...each.map((run) => run.megabytes)).toFixed(0);
      console.log(`${what.padEnd(6)} ${seconds} s  ${cpuSeconds} s of processor  ${megabytes} MB`);
    }
    const ratio = median(runs.map(({ alone, all }) => all.cpuSeconds / alone.cpuSeconds));
    console.log(`ratio  ${ratio.toFixed(2)} (limit ${MOST})`);
    if (ratio > MOST) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
