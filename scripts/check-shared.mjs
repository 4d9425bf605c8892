// Runs the built command line over a folder of real repositories, FOLDER/OWNER/NAME, and holds what it refuses against a
// list that was judged by hand, and what --all says of each against what it says of each alone:
// node scripts/check-shared.mjs [FOLDER]. The repositories stand outside of this one, in
// FOLDER or ../shared/corpus; without them there is nothing to do.
import { execFile, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const FOLDER = process.argv[2] ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const AT_ONCE = 2;

/** Files that do not run, whatever the settings are, and why GitHub refuses them. All others run. */
const REFUSED = new Map([
  [
    'Marcone1983/greedandgrossnextlevel/.github/workflows/Merda.yml',
    'a here-document in a `run: |` begins in the first column, which ends the block scalar: no YAML',
  ],
  ['Marcone1983/greedandgrossnextlevel/.github/workflows/NonToccare.yml', 'the same'],
  ['Marcone1983/greedandgrossnextlevel/.github/workflows/usa-build-apk.yml', 'the same'],
  ['ggurbet/casper_staking/.github/workflows/codeql.yml', 'the matrix vector `language: [  ]` is empty'],
  [
    'harrypm/tbc-tools/.github/workflows/release.yml',
    'it calls three workflows of its own that have no `workflow_call` under `on`',
  ],
]);

const ENV = { ...process.env, GH_TOKEN: '', GITHUB_TOKEN: '' };

function run(repository) {
  const args = [CLI, join(FOLDER, repository), '--format', 'json', '--repository', repository];
  // A repository takes a fraction of a second; one that takes a minute hangs.
  const options = { maxBuffer: 1 << 30, timeout: 60_000, env: ENV };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, '--repositories', FOLDER, '--offline'], options, (error, stdout, stderr) => {
      resolve({ status: error === null ? 0 : (error.code ?? error.signal), stdout, stderr });
    });
  });
}

/** What is wrong with the answer about one repository, and which of its files are refused. */
function judge(repository, { status, stdout, stderr }) {
  if (status !== 0 && status !== 1) return { wrong: [`${repository}: exit status ${status}: ${stderr}`], refused: [] };
  if (stderr !== '') return { wrong: [`${repository}: on standard error: ${stderr}`], refused: [] };
  const { workflows, result } = JSON.parse(stdout);
  const paths = workflows.map(({ path }) => path).sort();
  const refused = workflows
    .filter(({ outcome }) => outcome === 'invalid' || outcome === 'startup_failure')
    .map(({ path }) => `${repository}/${path}`);
  const wrong = [
    ...((result === 'fail') === (status === 1) ? [] : [`${repository}: exit status ${status}, but result ${result}`]),
    ...(paths.join() === workflowFiles(repository).join() ? [] : [`${repository}: the report is about ${paths}`]),
    ...refused.filter((file) => !REFUSED.has(file)).map((file) => `${file}: refused, and not known to be`),
    ...workflows.flatMap(({ path, jobs }) => jobs.flatMap((job) => oddGrants(`${repository}/${path}`, job))),
  ];
  return { wrong, refused };
}

/** What is wrong with what --all says, by what is said of each repository alone. */
async function judgeAll(alone) {
  const args = [CLI, 'check', '--all', FOLDER, '--offline', '--format', 'jsonl'];
  const { stdout } = spawn(process.execPath, args, { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] });
  const wrong = [];
  const told = new Set();
  for await (const line of createInterface({ input: stdout })) {
    const { audit, ...report } = JSON.parse(line);
    told.add(audit.repository);
    if (JSON.stringify(report) !== alone.get(audit.repository))
      wrong.push(`${audit.repository}: --all says other than alone`);
  }
  return [...wrong, ...[...alone.keys()].filter((name) => !told.has(name)).map((name) => `${name}: not in --all`)];
}

/** Every token has `metadata: read`, and of the rest reads and writes; a job that does not run has nothing. */
function oddGrants(file, { path, grants }) {
  return grants
    .filter(({ status, permissions }) => {
      const levels = Object.values(permissions);
      if (status === 'not-run') return levels.length > 0;
      return permissions.metadata !== 'read' || levels.some((level) => level !== 'read' && level !== 'write');
    })
    .map(({ permissions }) => `${file}: job ${path.join('/')} has ${JSON.stringify(permissions)}`);
}

function workflowFiles(repository) {
  const folder = join(FOLDER, repository, '.github', 'workflows');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map(({ name }) => `.github/workflows/${name}`)
    .sort();
}

function folders(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

if (!existsSync(FOLDER)) {
  console.log(`No folder ${FOLDER}: nothing to check.`);
} else {
  const repositories = folders(FOLDER).flatMap((owner) =>
    folders(join(FOLDER, owner)).map((name) => `${owner}/${name}`),
  );
  const waiting = repositories.sort().values();
  const wrong = [];
  const refused = new Set();
  const alone = new Map();
  const work = async () => {
    for (const repository of waiting) {
      const ran = await run(repository);
      if (ran.stdout !== '') alone.set(repository, JSON.stringify(JSON.parse(ran.stdout)));
      const judged = judge(repository, ran);
      wrong.push(...judged.wrong);
      for (const file of judged.refused) refused.add(file);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  wrong.push(...(await judgeAll(alone)));
  for (const file of REFUSED.keys()) if (!refused.has(file)) wrong.push(`${file}: runs, and is known not to`);
  console.log(`${repositories.length} repositories; ${refused.size} files are refused.`);
  for (const sentence of wrong.sort()) console.error(sentence);
  if (wrong.length > 0 || repositories.length === 0) process.exitCode = 1;
}
