import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** The folders of src in the order of the pipeline, and which of the others each may import from. */
const layers = {
  model: [],
  words: [],
  workflow: ['model', 'words'],
  permissions: ['model', 'words'],
  calls: ['model', 'words', 'workflow', 'permissions'],
  token: ['model', 'words', 'workflow', 'permissions'],
  observed: ['model', 'words', 'permissions', 'token'],
  needs: ['model', 'words', 'workflow', 'permissions', 'calls', 'token'],
  policy: ['model', 'words', 'workflow', 'permissions', 'calls', 'token', 'needs'],
  changes: ['model', 'words', 'workflow', 'permissions', 'calls', 'token', 'policy'],
  'what-if': ['model', 'words', 'workflow', 'permissions', 'calls', 'token', 'needs', 'policy', 'changes'],
  fix: ['model', 'words', 'workflow', 'permissions'],
  organization: ['model', 'words', 'workflow', 'permissions', 'calls', 'changes'],
  report: ['model', 'words', 'permissions', 'policy', 'fix', 'organization'],
  // prettier-ignore
  edge: ['model', 'words', 'workflow', 'permissions', 'calls', 'token', 'observed', 'needs', 'policy', 'changes', 'what-if', 'fix', 'organization', 'report'],
};

const entries = readdirSync(new URL('src', import.meta.url), { withFileTypes: true });
for (const { name } of entries.filter((entry) => entry.isDirectory())) {
  if (!Object.hasOwn(layers, name)) throw new Error(`eslint.config.mjs: say in \`layers\` what src/${name} may import`);
}

/** The files of src that put the layers together: no layer knows of them. */
const together = entries.filter((entry) => entry.isFile()).map(({ name }) => name.replace(/\.ts$/, ''));

/** The only places that touch files, the network, the clock and the process. The rest of src is the core. */
const edge = ['src/edge/**', 'src/action.ts', 'src/cli.ts'];

/** The packages that the core may import: those that only compute. */
const purePackages = ['yaml', '@actions/expressions', 'unbash', 'acorn'];

const argument = 'The core is pure: take it as an argument, and let src/edge provide it.';
const noExit = 'process.exit loses output that is still buffered: set process.exitCode and return.';

const exitImport = { regex: '^(node:)?process$', importNames: ['exit'], message: noExit };
const impureImport = { regex: `^(?!\\.|(${purePackages.join('|')})(/|$))`, message: argument };

const order = 'This import goes against the order of the pipeline: see `layers` in eslint.config.mjs.';

/** Nothing of a checkout is ever run: only one file starts a process, which is git, and what is loaded is named here. */
const codeFromElsewhere = [
  'ImportExpression[source.type!="Literal"]',
  ...['ImportDeclaration', 'ImportExpression'].map(
    (type) => `${type}[source.value=/^(node:)?(child_process|cluster|inspector|module|repl|vm)$/]`,
  ),
].map((selector) => ({
  selector,
  message: 'No code of others is run: see SECURITY.md. Git is run by src/edge/git/run-git.ts.',
}));

/** What a browser has not: Node, and of src all that is not pure. One file of the edge only loads the readers. */
const browserImport = {
  regex: '^node:|/src/(action|cli)\\.ts$|/src/edge/(?!reading/reading\\.ts$)',
  message: 'A browser cannot do this: src/edge and the packages of Node stay outside of the page.',
};

/** `up` leads to src, where the files are that put the layers together. */
function fileImport(up, ...files) {
  return { regex: `^${up}(${files.join('|')})\\.ts$`, message: order };
}

function layerImport(...layers) {
  return { regex: `^\\..*/(${layers.join('|')})/`, message: order };
}

function restrictImports(files, ...patterns) {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

function layerRules([layer, allowed]) {
  const parents = '(\\.\\./)+';
  const files = [`src/${layer}/**/*.ts`];
  if (layer === 'edge') return restrictImports(files, exitImport, fileImport(parents, 'action', 'cli'));
  const others = Object.keys(layers).filter((other) => other !== layer && !allowed.includes(other));
  return restrictImports(files, impureImport, layerImport(...others), fileImport(parents, ...together));
}

/** What differs from one run or machine to the next, and what acts on the world. */
const impureGlobals = [
  ...['Buffer', 'console', 'crypto', 'fetch', 'global', 'globalThis', 'Intl', 'navigator', 'performance', 'process'],
  ...['queueMicrotask', 'require', 'setImmediate', 'setInterval', 'setTimeout'],
].map((name) => ({ name, message: argument }));

const impureSyntax = [
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'MemberExpression[object.name="Date"][property.name="now"]',
  'MemberExpression[object.name="Math"][property.name="random"]',
  'MemberExpression[property.name=/^(localeCompare|toLocale\\w+)$/]',
  'MetaProperty[meta.name="import"]',
  'ImportExpression',
].map((selector) => ({ selector, message: argument }));

export default defineConfig(
  globalIgnores(['dist/', '.build/', 'coverage/', 'fuzz/.work/', 'mutation/.work/', 'site/dist/']),
  js.configs.recommended,
  { rules: { 'no-restricted-properties': ['error', { property: 'exit', message: noExit }] } },
  restrictImports(['**/*.mjs', '**/*.ts'], exitImport),
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['__tests__/**'],
    rules: {
      // A report that was printed comes back as `any`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['src/**/*.ts', 'site/src/**/*.ts'], rules: { 'max-lines': ['error', 400] } },
  restrictImports(['src/*.ts'], impureImport, layerImport('edge'), fileImport('\\./', 'action', 'cli')),
  restrictImports(['src/action.ts', 'src/cli.ts'], exitImport),
  restrictImports(['site/src/**/*.ts'], browserImport),
  ...Object.entries(layers).map(layerRules),
  { files: ['src/**/*.ts'], rules: { 'no-eval': 'error', 'no-new-func': 'error' } },
  {
    files: edge,
    ignores: ['src/edge/git/run-git.ts'],
    rules: { 'no-restricted-syntax': ['error', ...codeFromElsewhere] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: edge,
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-syntax': ['error', ...impureSyntax],
    },
  },
);
