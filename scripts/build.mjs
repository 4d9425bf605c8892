// Bundles src/action.ts, src/cli.ts and src/library.ts with all that they import into dist, with the types of the library and
// the page of an audit. The same source gives the same bytes, in any folder and under any version of Node, so that CI can
// rebuild and compare.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ncc from '@vercel/ncc';
import { parse } from 'acorn';
import { minify } from 'terser';
import ts from 'typescript';
import { auditPage } from '../site/build-audit.mjs';
import { libraryTypes } from './library-types.mjs';
import { licenses } from './licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = join(root, 'src');
const dist = join(root, 'dist');
// As deep as src, so that relative paths out of it (`../package.json`) hold; inside the package, so that ncc sees
// `"type": "module"`; of a fixed name, as module ids come from paths.
const transpiled = join(root, '.build');

// The same code as ES modules, of which a bundle takes only what it uses. The modules for Node also ask the environment at
// every token whether to log it, which takes a fifth of the parser's time.
const YAML = join(root, 'node_modules', 'yaml', 'browser', 'dist', 'index.js');

const bundles = [
  { entry: 'action', folder: dist, firstLine: '' },
  { entry: 'cli', folder: join(dist, 'cli'), firstLine: '#!/usr/bin/env node\n' },
  { entry: 'library', folder: join(dist, 'lib'), firstLine: '' },
];

/** ncc refuses `.ts` specifiers under `noEmit`; it gets JavaScript instead. */
function transpile() {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = join(entry.parentPath, entry.name);
    const to = join(transpiled, from.slice(source.length));
    mkdirSync(dirname(to), { recursive: true });
    if (entry.name.endsWith('.ts')) writeFileSync(to.replace(/\.ts$/, '.js'), toJavaScript(from));
    else copyFileSync(from, to);
  }
}

function toJavaScript(fileName) {
  const compilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  const { outputText } = ts.transpileModule(readFileSync(fileName, 'utf8'), { fileName, compilerOptions });
  return outputText.replaceAll("from 'yaml'", `from ${JSON.stringify(YAML)}`);
}

/** Writes one bundle with its chunks; returns the paths of the modules in it. */
async function bundle({ entry, folder, firstLine }) {
  const { code, assets, stats } = await ncc(join(transpiled, `${entry}.js`), {
    cache: false,
    minify: true,
    quiet: true,
    target: 'es2022',
  });
  const { modules, warnings } = stats.compilation;
  if (warnings.length > 0) throw new Error(warnings.map((warning) => warning.message).join('\n'));

  // The root's package.json already says that this is ESM.
  delete assets['package.json'];
  mkdirSync(folder, { recursive: true });
  for (const [name, chunk] of Object.entries(assets)) writeFileSync(join(folder, name), await minified(name, chunk));
  const main = join(folder, 'index.js');
  writeFileSync(main, firstLine + quickToStart(code));
  if (firstLine) chmodSync(main, 0o755);
  return modulePaths(modules);
}

/** V8 keeps a program with a single `…` in it with two bytes a character, and takes longer to read it. */
function inAscii(code) {
  return code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** ncc minifies the bundle, but not the chunks beside it. */
async function minified(name, { source }) {
  if (!name.endsWith('.js')) return source;
  const { code } = await minify(source.toString(), { module: true, ecma: 2022, format: { comments: false } });
  return quickToStart(code);
}

function quickToStart(code) {
  return inAscii(compiledOnce(code));
}

/**
 * webpack makes each module a function, which V8 first skims and reads again when it is called. One that begins with
 * `(function` it compiles at once, as it looks like one that is called on the spot: that takes half the time.
 */
function compiledOnce(code) {
  const edits = moduleFunctions(code).flatMap(({ type, async: isAsync, start, end, body, params }) => {
    if (type === 'FunctionExpression')
      return [
        [start, start, '('],
        [end, end, ')'],
      ];
    const names = params.map((parameter) => code.slice(parameter.start, parameter.end)).join(',');
    // What webpack writes as an arrow uses no `this`.
    return [
      [start, body.start, `(${isAsync ? 'async ' : ''}function(${names})`],
      [end, end, ')'],
    ];
  });
  let written = 0;
  const parts = edits.map(([start, end, text]) => {
    const part = code.slice(written, start) + text;
    written = end;
    return part;
  });
  return parts.join('') + code.slice(written);
}

/** The functions of webpack's modules in the order in which they stand, in objects like `{123: (e, t, n) => {…}, …}`. */
function moduleFunctions(code) {
  const { body } = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return body
    .flatMap((statement) => (statement.declaration ?? statement).declarations ?? [])
    .flatMap(({ init }) => (init?.type === 'ObjectExpression' ? init.properties : []))
    .filter(({ key, value }) => typeof key?.value === 'number' && /Function/.test(value.type))
    .map(({ value }) => value);
}

/** webpack joins small modules into one, which has the original ones in `modules`. */
function modulePaths(modules) {
  return [...modules].flatMap((module) => (module.modules ? modulePaths(module.modules) : [module.resource]));
}

// webpack takes module ids from paths relative to the current folder.
process.chdir(root);
rmSync(dist, { recursive: true, force: true });
rmSync(transpiled, { recursive: true, force: true });
try {
  transpile();
  const paths = [];
  for (const each of bundles) paths.push(...(await bundle(each)));
  writeFileSync(join(dist, 'lib', 'index.d.ts'), libraryTypes(join(source, 'library.ts')));
  // The command line reads it when it is to write such a page.
  const page = await auditPage();
  writeFileSync(join(dist, 'cli', 'audit.html'), page.html);
  writeFileSync(join(dist, 'licenses.txt'), licenses([...paths, ...page.modules]));
} finally {
  rmSync(transpiled, { recursive: true, force: true });
}
