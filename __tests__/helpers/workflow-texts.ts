// Texts of workflow files for tests of findings, in which only blocks and calls matter.
export const CI = '.github/workflows/ci.yml';
export const CALLED = '.github/workflows/called.yml';

const written = (block: string) => (block === '' ? '' : `    permissions: ${block}\n`);

/** A job with a step; `more` are lines of its own. */
export function run(id: string, block = '', more = ''): string {
  return `  ${id}:\n${written(block)}${more}    runs-on: x\n    steps:\n      - run: make\n`;
}

/** A job that calls a workflow. */
export function call(id: string, block = '', uses = `./${CALLED}`): string {
  return `  ${id}:\n${written(block)}    uses: ${uses}\n`;
}

/** A workflow of such jobs. */
export function file(on: string, block: string, ...jobs: readonly string[]): string {
  return `on: ${on}\n${block === '' ? '' : `permissions: ${block}\n`}jobs:\n${jobs.join('')}`;
}

/** One that runs by a push. */
export function ci(block: string, ...jobs: readonly string[]): string {
  return file('push', block, ...jobs);
}
