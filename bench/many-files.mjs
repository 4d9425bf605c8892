// How long a repository with 3,000 workflow files takes, and how much memory:
//     node bench/many-files.mjs
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { measure, median } from './measure.mjs';
import { writeWorkflows } from './workflow-texts.mjs';

const SECONDS = 3;
const MEGABYTES = 300;
const RUNS = 5;
const FORMATS = ['text', 'markdown', 'json'];

const folder = mkdtempSync(join(tmpdir(), 'many-files-'));
try {
  console.log(writeWorkflows(folder));
  for (const format of FORMATS) {
    const runs = Array.from({ length: RUNS }, () => measure(folder, format));
    const seconds = median(runs.map((run) => run.seconds));
    const cpuSeconds = median(runs.map((run) => run.cpuSeconds));
    const megabytes = Math.max(...runs.map((run) => run.megabytes));
    const columns = [
      format.padEnd(8),
      `${seconds.toFixed(2)} s (limit ${SECONDS})`,
      `${cpuSeconds.toFixed(2)} s of processor`,
      `${megabytes.toFixed(0)} MB (limit ${MEGABYTES})`,
      `${runs[0].printed.toFixed(1)} MB printed`,
    ];
    console.log(columns.join('  '));
    if (seconds > SECONDS || megabytes > MEGABYTES) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
