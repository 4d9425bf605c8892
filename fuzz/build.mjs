// Bundles the fuzzer with the sources, which get counters: node fuzz/build.mjs
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';

import { instrument } from './instrument.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OPTIONS = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  absWorkingDir: ROOT,
};

/**
 * Bundles a file that starts the fuzzer, and returns how many counters the sources have. The bundle finds them in
 * `globalThis.fuzzCounters`, and the words of the sources in `globalThis.fuzzWords`.
 *
 * @param {string} outfile
 * @param {string} entry
 */
export async function buildFuzzer(outfile, entry = path.join(ROOT, 'fuzz/worker.ts')) {
  const { metafile } = await build({ ...OPTIONS, entryPoints: [entry], write: false, metafile: true });
  // Tests and packages are bundled as well, but what they do is of no interest.
  const files = Object.keys(metafile.inputs).filter((file) => file.startsWith('src/'));
  const counted = new Map();
  const words = new Set();
  let counters = 0;
  for (const file of files.sort()) {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    if (file.endsWith('.json')) {
      for (const [, word] of text.matchAll(/"([^"\\]{2,40})"/g)) words.add(word);
      continue;
    }
    const { code } = await transform(text, { loader: 'ts', target: 'es2022' });
    const found = instrument(code, counters);
    counted.set(path.join(ROOT, file), found.code);
    counters += found.count;
    for (const word of found.words) words.add(word);
  }
  const plugin = {
    name: 'counters',
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        if (counted.has(file)) return { contents: counted.get(file), loader: 'js' };
        if (!file.startsWith(ROOT) || file.includes('node_modules')) return undefined;
        // What tests find beside themselves they still find from the bundle.
        const home = JSON.stringify(pathToFileURL(file).href);
        return { contents: readFileSync(file, 'utf8').replaceAll('import.meta.url', home), loader: 'ts' };
      });
    },
  };
  await build({
    ...OPTIONS,
    entryPoints: [entry],
    outfile,
    plugins: [plugin],
    banner: { js: banner(counters, words) },
  });
  return counters;
}

/** Some packages are CommonJS and want `require`. */
function banner(counters, words) {
  return [
    "import { createRequire as fuzzRequire } from 'node:module';",
    'const require = fuzzRequire(import.meta.url);',
    // Read as words of four bytes, eight at a time.
    `const fuzzCounters = new Uint8Array(${Math.ceil(counters / 8) * 8});`,
    `Object.assign(globalThis, { fuzzCounters, fuzzWords: ${JSON.stringify([...words].sort())} });`,
  ].join('\n');
}
