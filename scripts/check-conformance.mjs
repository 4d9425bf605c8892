// Runs GitHub's own cases about permissions through the built command line and compares what comes out with GitHub's
// answers: node scripts/check-conformance.mjs [FOLDER]. The cases stand outside of the repository, in FOLDER,
// $CONFORMANCE or ../shared; without them there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Who the root is: nobody in the cases has that name, so every called workflow is one of somebody else. */
export const REPOSITORY = 'conformance/root';

/**
 * Permissions that are younger than the public cases: `read-all` and `write-all` ask for them today, and the cases do not
 * name them.
 */
const YOUNGER = new Set([
  'artifact-metadata',
  'attestations',
  'code-quality',
  'copilot-requests',
  'drives',
  'models',
  'vulnerability-alerts',
]);

/** The folder with the cases, or null. They may stand in a folder of it, `conformance`. */
export function casesFolder(given) {
  const folders = [given, process.env.CONFORMANCE, join(ROOT, '..', 'shared')]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [join(folder, 'conformance'), folder])
    .filter((folder) => existsSync(folder));
  return folders.find((folder) => readdirSync(folder).some((name) => name.endsWith('.yml'))) ?? null;
}

/**
 * The cases of a folder. One file a case, documents separated by `---`: options, the root workflow, pairs of a called
 * workflow's reference and its text, and what GitHub makes of it.
 */
export function readCases(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yml'));
  return names.sort().map((name) => {
    const documents = readFileSync(join(folder, name), 'utf8').split(/^---\r?\n/m);
    const [options, root, ...rest] = documents;
    const expected = JSON.parse(rest.pop());
    const called = [];
    for (let index = 0; index < rest.length; index += 2) {
      called.push({ reference: rest[index].trim(), text: rest[index + 1] });
    }
    const policy = parse(options)['permissions-policy'] ?? 'Write';
    return { name, root, called, expected, defaultPermissions: policy === 'LimitedRead' ? 'read' : 'write' };
  });
}

/** What differs between a report and GitHub's answer, one sentence each. */
export function differences({ name, expected, defaultPermissions }, report) {
  const path = `.github/workflows/${name}`;
  const workflow = report.workflows.find((one) => one.path === path);
  if (workflow === undefined) return [`${path} is not in the report`];
  return expected.errors === undefined
    ? differencesOfJobs(expected.jobs, workflow, defaultPermissions)
    : differencesOfErrors(expected.errors, workflow);
}

function differencesOfErrors(errors, { outcome, problems, jobs }) {
  const wanted = errors.map(({ Message: message }) => describe(message));
  const found = problems.map(({ path, line, column, message }) =>
    describe(`${path} (Line: ${line}, Col: ${column}): ${message}`),
  );
  const isRefused = wanted.every(({ asks }) => asks !== null);
  return [
    ...differs('outcome', isRefused ? 'startup_failure' : 'invalid', outcome),
    ...differs('problems', wanted, found),
    ...differs(
      'rows of jobs that cannot run',
      [],
      jobs.flatMap(({ grants }) => grants),
    ),
  ];
}

/**
 * The place of a message, who asks for what, or the message itself. Public cases print the job's name where GitHub now
 * prints its id, and "The workflow '<ref>' is requesting" where it now leaves the reference out: who asks is only told
 * apart as workflow or job. Messages are cut after 500 characters, so that what is allowed is not compared.
 */
function describe(message) {
  const [, place, text] = /^(.*? \(Line: \d+, Col: \d+\)): (.*)$/s.exec(message) ?? [null, null, message];
  const asking = /^Error calling workflow '([^']*)'\. The (workflow|nested job)\b.*? is requesting '([^']*)'/.exec(
    text,
  );
  if (asking === null) return { place, asks: null, text };
  const [, called, who, requested] = asking;
  const levels = requested.split(', ').filter((level) => !YOUNGER.has(level.split(':')[0]));
  return { place, called, asks: who, levels: levels.sort() };
}

function differencesOfJobs(jobs, workflow, defaultPermissions) {
  const leaves = leavesOf(jobs, []);
  const found = workflow.jobs.filter(({ uses }) => uses === null);
  return [
    ...differs('outcome', 'ok', workflow.outcome),
    ...differs(
      'jobs',
      leaves.map(({ ids }) => ids),
      found.map(({ path }) => path.join('/')),
    ),
    ...leaves.flatMap(({ ids, permissions }) => {
      const job = found.find(({ path }) => path.join('/') === ids);
      const granted = job?.grants.find(({ actor }) => actor === 'repository')?.permissions;
      const declared = permissions === undefined ? null : levelsOf(permissions);
      return [
        ...differs(`the block of ${ids}`, declared, job?.declared && levelsOf(job.declared)),
        ...differs(`the token of ${ids}`, declared ?? defaultLevels(defaultPermissions), granted && levelsOf(granted)),
      ];
    }),
  ];
}

/** Jobs with steps, those of called workflows under the calling job's id. */
function leavesOf(jobs, above) {
  return jobs.flatMap(({ id, permissions, jobs: nested }) => {
    const ids = [...above, id];
    return nested === undefined ? [{ ids: ids.join('/'), permissions }] : leavesOf(nested, ids);
  });
}

/** `id-token: read` under `read-all` is GitHub's internal value; `metadata` every token has. */
function levelsOf(permissions) {
  return Object.entries(permissions)
    .filter(([name, level]) => !YOUNGER.has(name) && name !== 'metadata' && !(name === 'id-token' && level === 'read'))
    .map(([name, level]) => `${name}: ${level}`)
    .sort();
}

function defaultLevels(setting) {
  if (setting === 'read') return ['contents: read', 'packages: read'];
  const names =
    'actions checks contents deployments discussions issues packages pages pull-requests repository-projects security-events statuses';
  return names.split(' ').map((name) => `${name}: write`);
}

function differs(what, wanted, found) {
  const [expected, actual] = [wanted, found ?? null].map((value) => JSON.stringify(value));
  return expected === actual ? [] : [`${what}: GitHub says ${expected}, we say ${actual}`];
}

/** Runs one case in a folder of its own, as a user would, and returns the report. */
function runCase({ name, root, called, defaultPermissions }) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    write(join(folder, 'root', '.github', 'workflows', name), root);
    mkdirSync(join(folder, 'repositories'));
    for (const { reference, text } of called) {
      const [, repository, path, ref] = /^([^/]+\/[^/]+)\/(.+)@(.+)$/.exec(reference);
      write(join(folder, 'repositories', `${repository}@${ref.replaceAll('/', '%2F')}`, path), text);
    }
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'dist', 'cli', 'index.js'),
        join(folder, 'root'),
        ...['--format', 'json', '--offline'],
        ...['--repositories', join(folder, 'repositories')],
        ...['--repository', REPOSITORY],
        ...['--default-permissions', defaultPermissions],
      ],
      { encoding: 'utf8' },
    );
    if (status !== 0 && status !== 1) throw new Error(`${name}: status ${status}\n${stderr}${stdout}`);
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function main() {
  const folder = casesFolder(process.argv[2]);
  if (folder === null) {
    console.log('No cases: give the folder that holds them');
    return;
  }
  const cases = readCases(folder);
  let failed = 0;
  for (const one of cases) {
    const found = differences(one, runCase(one));
    if (found.length === 0) continue;
    failed++;
    console.error([one.name, ...found].join('\n  '));
  }
  console.log(`${cases.length - failed} of ${cases.length} cases of GitHub's come out as GitHub says`);
  if (failed > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
