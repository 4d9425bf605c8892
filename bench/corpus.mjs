// Real repositories in a folder, FOLDER/OWNER/NAME, and reports of them: what several benchmarks share.
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const AT_ONCE = 2;

/** Where real workflow files are, beside this repository. */
export const CORPUS = fileURLToPath(new URL('../../shared/corpus', import.meta.url));

function folders(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** The report of a repository, as somebody gets it who runs the tool for the first time. */
function reportOf(repository, folder) {
  const args = [CLI, join(folder, repository), '--format', 'json', '--repository', repository, '--offline'];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, '--repositories', folder], { maxBuffer: 1 << 30 }, (_, stdout) => {
      resolve(JSON.parse(stdout));
    });
  });
}

/** The reports of all repositories of a folder, by their names. */
export async function reportsOf(folder) {
  const repositories = folders(folder)
    .flatMap((owner) => folders(join(folder, owner)).map((name) => `${owner}/${name}`))
    .sort();
  const reports = new Map(repositories.map((repository) => [repository, null]));
  const waiting = [...repositories];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      reports.set(next, await reportOf(next, folder));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return reports;
}

/** Numbers from 0 to 1, the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function* numbers(seed) {
  for (let state = seed >>> 0; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** So many of the items, drawn at random without putting back. */
export function draw(items, count, seed) {
  const left = [...items];
  const source = numbers(seed);
  return Array.from(
    { length: Math.min(count, items.length) },
    () => left.splice(Math.floor(source.next().value * left.length), 1)[0],
  );
}
