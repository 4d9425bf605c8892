// How long the command line takes on a small repository, this one, as a ratio to a Node that does nothing:
//     node bench/cold-start.mjs
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LIMIT = 2.0;
const RUNS = 25;

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));

function milliseconds(args) {
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  const end = process.hrtime.bigint();
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return Number(end - begin) / 1e6;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

// Interleaved, so that whatever else the machine does slows both alike. The first pair fills the caches.
const empty = [];
const check = [];
for (let run = 0; run <= RUNS; run += 1) {
  const pair = [milliseconds(['-e', '0']), milliseconds([cli])];
  if (run === 0) continue;
  empty.push(pair[0]);
  check.push(pair[1]);
}

const ratio = median(check) / median(empty);
console.log(`node -e 0               ${median(empty).toFixed(1)} ms`);
console.log(`node dist/cli/index.js  ${median(check).toFixed(1)} ms`);
console.log(`ratio                   ${ratio.toFixed(2)}, limit ${LIMIT.toFixed(1)}`);
if (ratio > LIMIT) process.exitCode = 1;
