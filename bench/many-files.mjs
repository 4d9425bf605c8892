// How long a repository with 3,000 workflow files takes, and how much memory:
//     node bench/many-files.mjs
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FILES = 3000;
const SECONDS = 3;
const MEGABYTES = 300;
const RUNS = 5;
const FORMATS = ['text', 'markdown', 'json'];

const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const corpus = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

/** Real workflow files, where they are. */
function corpusTexts() {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]\.github[\\/]workflows[\\/][^\\/]+\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFileSync(join(corpus, name)));
}

/** Numbers from 0 to 1, the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function* numbers(seed) {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Made workflow files, each of them different, of the size and the variety of real ones. */
function generatedTexts() {
  const source = numbers(20261112);
  const below = (limit) => Math.floor(source.next().value * limit);
  const pick = (...values) => values[below(values.length)];
  const block = (indent) =>
    pick(
      '',
      '',
      `${indent}permissions: {}\n`,
      `${indent}permissions: ${pick('read-all', 'write-all')}\n`,
      `${indent}permissions:\n${indent}  contents: ${pick('read', 'write')} # actions/checkout\n${indent}  ${pick('id-token', 'packages', 'pull-requests')}: write\n`,
    );
  const condition = () =>
    pick('', '', `    if: github.event_name == '${pick('push', 'pull_request')}' && !cancelled()\n`);
  const step = (index) =>
    pick(
      `      - uses: actions/checkout@v${1 + below(6)}\n        with:\n          fetch-depth: ${below(10)}\n`,
      `      - name: Step ${index} of \${{ github.workflow }}\n        run: |\n          echo "${below(1e9)}"\n          make build-${below(100)} VERBOSE=1\n        env:\n          TOKEN: \${{ secrets.TOKEN_${below(10)} }}\n`,
    );
  const job = (index) =>
    `  job-${index}:\n    name: Job ${index}\n${index > 0 ? pick('', `    needs: job-${below(index)}\n`) : ''}${condition()}${block('    ')}    runs-on: \${{ matrix.os }}\n    strategy:\n      matrix:\n        os: [ubuntu-latest, windows-latest]\n    steps:\n${Array.from({ length: 3 + below(8) }, (_, each) => step(each)).join('')}`;
  return Array.from(
    { length: FILES },
    (_, index) =>
      `name: Workflow ${index}\non:\n  push:\n    branches: [main, 'release/${below(10)}.*']\n  ${pick('pull_request', 'pull_request_target', 'workflow_dispatch')}:\n${block('')}jobs:\n${Array.from({ length: 1 + below(4) }, (_, each) => job(each)).join('')}`,
  );
}

/** Runs the command line and returns what it took. */
function measure(folder, format) {
  // The child tells what it used, which needs no tool of the system. Its threads run this too, and end before it.
  const tell = `data:text/javascript,import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    console.error('used', userCPUTime + systemCPUTime, maxRSS);
  })`;
  const args = ['--import', tell, cli, folder, '--format', format, '--fail-on', 'never', '--offline'];
  const begin = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const [, cpu, peak] = /^used (\d+) (\d+)$/m.exec(stderr) ?? [];
  if (status !== 0 || peak === undefined) throw new Error(`The command line ended with ${status}:\n${stderr}`);
  return { seconds, cpuSeconds: Number(cpu) / 1e6, megabytes: Number(peak) / 1024, printed: stdout.length / 1e6 };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const isReal = existsSync(corpus);
const texts = isReal ? corpusTexts() : generatedTexts();
const folder = mkdtempSync(join(tmpdir(), 'many-files-'));
try {
  const workflows = join(folder, '.github', 'workflows');
  mkdirSync(workflows, { recursive: true });
  for (let index = 0; index < FILES; index += 1) {
    writeFileSync(join(workflows, `${String(index).padStart(4, '0')}.yml`), texts[index % texts.length]);
  }
  console.log(`${FILES} files, ${isReal ? `${texts.length} real ones and their repetition` : 'generated'}`);
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
