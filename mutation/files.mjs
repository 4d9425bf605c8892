import { globSync } from 'node:fs';

/** The folders of src that are mutated. */
export const FOLDERS = ['permissions', 'token', 'calls', 'changes', 'policy'];

/** The tests of the other pure folders look at what these give. */
const TESTED = [...FOLDERS, 'docs', 'fix', 'observed', 'organization', 'report', 'what-if'];

/** They are about what is not mutated, and take long or need more than the texts of the repository. */
const LEFT_OUT = [
  '__tests__/docs/{contributing,links,pre-commit,reliability}.test.ts',
  '__tests__/fix/{corpus,patch}.test.ts',
];

/** Texts of 400,000 characters take long when every branch is counted. */
export const isLeftOut = (name) => name.includes('takes little time');

/** Random cases take long: they are tried for mutants of their own folder alone. */
const isForItsOwnFolder = (file) => /(propert(y|ies)|soundness|scale)\.test\.ts$/.test(file);

/** The folder of src that a file, or its tests, belongs to. */
export const folderOf = (file) => /(?:src|__tests__)\/([\w-]+)\//.exec(file)?.[1];

const sorted = (patterns, exclude) => globSync(patterns, { exclude }).sort();

const IN_TESTED = `__tests__/{${TESTED.join()}}/**`;

/** The tests of a folder, or of all. */
export function testFiles(tested) {
  const files = sorted(['__tests__/check.test.ts', `${IN_TESTED}/*.test.ts`], LEFT_OUT);
  return files.filter((file) => (tested === 'all' ? !isForItsOwnFolder(file) : folderOf(file) === tested));
}

/** What tests import, and share. */
export const supportFiles = () => sorted(['__tests__/helpers/*.ts', `${IN_TESTED}/*.ts`], ['**/*.test.ts']);

/** All pure sources, whether or not a test needs them. */
export const sourceFiles = () => sorted('src/**/*.ts', ['src/edge/**', 'src/action.ts', 'src/cli.ts']);
