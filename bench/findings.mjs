// What the rules say of real repositories, FOLDER/OWNER/NAME: how many findings each gets, and a random sample to judge
// by hand: node bench/findings.mjs [FOLDER] [--seed N] [--sample N] [--rule NAME]
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '20261112' },
    sample: { type: 'string', default: '30' },
    rule: { type: 'string' },
  },
});
const CLI = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const FOLDER = positionals[0] ?? fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const AT_ONCE = 2;

function folders(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

/** The findings of a repository, as somebody gets them who runs the tool for the first time. */
function findingsOf(repository) {
  const args = [CLI, join(FOLDER, repository), '--format', 'json', '--repository', repository, '--offline'];
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, '--repositories', FOLDER], { maxBuffer: 1 << 30 }, (_, stdout) => {
      resolve(JSON.parse(stdout).findings.map((finding) => ({ repository, ...finding })));
    });
  });
}

/** Numbers from 0 to 1, the same in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function* numbers(seed) {
  for (let state = seed >>> 0; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** So many of the items, drawn at random without putting back. */
function draw(items, count, seed) {
  const left = [...items];
  const source = numbers(seed);
  return Array.from(
    { length: Math.min(count, items.length) },
    () => left.splice(Math.floor(source.next().value * left.length), 1)[0],
  );
}

function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

const repositories = folders(FOLDER)
  .flatMap((owner) => folders(join(FOLDER, owner)).map((name) => `${owner}/${name}`))
  .sort();
const found = new Map();
const waiting = repositories.values();
const work = async () => {
  for (const repository of waiting) found.set(repository, await findingsOf(repository));
};
await Promise.all(Array.from({ length: AT_ONCE }, work));

const perRepository = repositories.map((repository) => found.get(repository));
const count = (accepts) => perRepository.map((all) => all.filter(accepts).length).sort((a, b) => a - b);
const row = (name, counts) =>
  console.log(
    [name.padEnd(28), ...[0.5, 0.9].map((share) => quantile(counts, share)), counts.at(-1)].join('\t') +
      `\t${counts.reduce((sum, one) => sum + one, 0)}\t${counts.filter((one) => one > 0).length}`,
  );
console.log(`${repositories.length} repositories\n`);
console.log(['what'.padEnd(28), 'median', 'p90', 'most', 'all', 'repositories'].join('\t'));
row(
  'all',
  count(() => true),
);
for (const level of ['error', 'warning', 'note'])
  row(
    `  ${level}`,
    count((one) => one.level === level),
  );
const rules = [...new Set(perRepository.flatMap((all) => all.map(({ rule }) => rule)))].sort();
for (const rule of rules)
  row(
    rule,
    count((one) => one.rule === rule),
  );

const all = repositories.flatMap((repository) => found.get(repository));
const candidates = values.rule === undefined ? all : all.filter(({ rule }) => rule === values.rule);
console.log(`\nDrawn with the seed ${values.seed}:`);
for (const [index, one] of draw(candidates, Number(values.sample), Number(values.seed)).entries()) {
  const place = `${one.repository}/${one.path}:${one.line}:${one.column}`;
  console.log(`\n${index + 1}. ${one.level} ${one.rule} ${place}\n   ${one.message}`);
  if (one.hint !== undefined) console.log(`   ${one.hint}`);
}
