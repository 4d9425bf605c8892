// How long a repository takes in which 500 workflows call one nested chain of another repository, beyond the reading:
//     node bench/many-callers.mjs
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CALLERS = 500;
const DEPTH = 4;
const JOBS = 3;
const SECONDS = 1;
const RUNS = 5;
const FORMATS = ['text', 'markdown', 'json'];

const script = fileURLToPath(import.meta.url);
const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));

const step = (index) => `    steps:\n      - uses: actions/checkout@v6\n      - run: make target-${index}\n`;
const job = (index) =>
  `  job-${index}:\n    name: Job ${index}\n    permissions:\n      contents: read\n      packages: ${index % 2 === 0 ? 'read' : 'write'}\n    runs-on: ubuntu-latest\n${step(index)}`;
const jobs = () => Array.from({ length: JOBS - 1 }, (_, index) => job(index)).join('');
const call = (uses) => `  next:\n    uses: ${uses}\n`;

/** The files of the chain, each of which has some jobs and calls the next one. */
const chain = Array.from({ length: DEPTH }, (_, index) => ({
  path: `.github/workflows/level-${index}.yml`,
  text: `on: workflow_call\njobs:\n${jobs()}${index === DEPTH - 1 ? job(JOBS) : call(`./.github/workflows/level-${index + 1}.yml`)}`,
}));

const callers = Array.from({ length: CALLERS }, (_, index) => ({
  path: `.github/workflows/caller-${String(index).padStart(3, '0')}.yml`,
  text: `name: Caller ${index}\non:\n  push:\n    branches: [main]\n  pull_request:\npermissions:\n  contents: read\n  packages: write\njobs:\n${job(index)}${call('octo-org/shared/.github/workflows/level-0.yml@v1')}`,
}));

/** Does the work of the command line in one process, from the texts to the report, and prints the seconds of each part. */
async function measureParts(format) {
  register('../scripts/typescript-hooks.mjs', import.meta.url);
  const [{ readFiles }, { readWorkflow }, { checkFiles }, { textReport }, { markdownReport }, { UNKNOWN }] =
    await Promise.all(
      [
        'workflow/read-files',
        'workflow/read-workflow',
        'check-files',
        'report/text',
        'report/markdown',
        '../__tests__/helpers/checking',
      ].map((name) => import(new URL(`../src/${name}.ts`, import.meta.url).href)),
    );
  const sources = callers.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
  const remote = new Map(chain.map(({ path, text }) => [path, text]));
  let asked = 0;
  const read = async ({ path }) => {
    asked += 1;
    return { kind: 'found', read: readWorkflow(remote.get(path)), commit: null, anyRef: false };
  };
  const settings = { ...UNKNOWN, repository: { owner: 'octo-org', name: 'octo-repo' } };

  const times = [process.hrtime.bigint()];
  const files = readFiles(sources);
  times.push(process.hrtime.bigint());
  const before = process.cpuUsage();
  const report = await checkFiles(files, settings, { toolVersion: '0.0.0', failOn: 'error' }, read);
  const print = {
    text: () => textReport(report, { width: 100, color: false }),
    markdown: () => markdownReport(report),
  };
  const printed = (print[format] ?? (() => JSON.stringify(report, null, 2)))();
  times.push(process.hrtime.bigint());
  const { user, system } = process.cpuUsage(before);

  const [reading, rest] = times.slice(1).map((time, index) => Number(time - times[index]) / 1e9);
  const jobsSeen = report.workflows.reduce((sum, workflow) => sum + workflow.jobs.length, 0);
  const cpu = (user + system) / 1e6;
  console.log(JSON.stringify({ reading, rest, cpu, asked, jobs: jobsSeen, printed: printed.length / 1e6 }));
}

function partsOf(format) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, 'parts', format], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Runs the command line and returns how long it took, the start of Node and the files on the disk included. */
function measureWhole(folder, format) {
  const others = join(folder, 'others');
  const args = [cli, folder, '--format', format, '--offline', '--repository', 'octo-org/octo-repo'];
  const begin = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, [...args, '--repositories', others], { maxBuffer: 2 ** 30 });
  if (status !== 0) throw new Error(`The command line ended with ${status}:\n${stderr}`);
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

function write(folder, { path, text }) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function compare() {
  const folder = mkdtempSync(join(tmpdir(), 'many-callers-'));
  try {
    for (const file of callers) write(folder, file);
    for (const file of chain) write(join(folder, 'others', 'octo-org', 'shared@v1'), file);
    console.log(`${CALLERS} callers of a chain of ${DEPTH} files with ${JOBS} jobs each`);
    for (const format of FORMATS) {
      const parts = Array.from({ length: RUNS }, () => partsOf(format));
      const whole = median(Array.from({ length: RUNS }, () => measureWhole(folder, format)));
      const [{ asked, jobs: count, printed }] = parts;
      const reading = median(parts.map((part) => part.reading));
      const rest = median(parts.map((part) => part.rest));
      const cpu = median(parts.map((part) => part.cpu));
      const columns = [
        format.padEnd(8),
        `${reading.toFixed(2)} s reading`,
        `${rest.toFixed(2)} s beyond it (limit ${SECONDS}), ${cpu.toFixed(2)} s of processor`,
        `${whole.toFixed(2)} s the whole command`,
        `${count} jobs, ${asked} files asked for, ${printed.toFixed(1)} MB printed`,
      ];
      console.log(columns.join('  '));
      if (rest > SECONDS || asked !== DEPTH) process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[2] === 'parts') await measureParts(process.argv[3]);
else compare();
