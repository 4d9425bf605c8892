// Workflow files for a repository with thousands of them: what several benchmarks share.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CORPUS } from './corpus.mjs';

const FILES = 3000;

/** Real workflow files, where they are. */
function realTexts(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]\.github[\\/]workflows[\\/][^\\/]+\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFileSync(join(folder, name)));
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

/**
 * Writes so many workflow files into a folder: real ones where they are, else made ones. Of fewer than there are, they are
 * taken from all over them; more are repetitions. Returns a line that says which.
 */
export function writeWorkflows(folder, count = FILES, isUsed = () => true) {
  const isReal = existsSync(CORPUS);
  const texts = (isReal ? realTexts(CORPUS) : generatedTexts()).filter((text) => isUsed(`${text}`));
  const step = Math.max(1, texts.length / count);
  write(
    Array.from({ length: count }, (_, index) => texts[Math.floor(index * step) % texts.length]),
    folder,
  );
  const repeated = count > texts.length ? `${texts.length} real ones and their repetition` : 'real ones';
  return `${count} files, ${isReal ? repeated : 'generated'}`;
}

/** Writes all workflow files of a folder of repositories into one folder, each once. Returns how many there are. */
export function writeAllWorkflows(repositories, folder) {
  const texts = realTexts(repositories);
  write(texts, folder);
  return texts.length;
}

function write(texts, folder) {
  const workflows = join(folder, '.github', 'workflows');
  mkdirSync(workflows, { recursive: true });
  for (const [index, text] of texts.entries()) {
    writeFileSync(join(workflows, `${String(index).padStart(4, '0')}.yml`), text);
  }
}
