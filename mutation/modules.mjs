/**
 * How the tests and the sources are loaded: without jest, and as often as needed. An address with `?fresh=1` hands that on to
 * what it imports, so that all of it is loaded anew; `?again=1` loads that file alone.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const globals = new URL('jest-globals.mjs', import.meta.url).href;
const stripped = new Map();

let loads = 0;

/** A query under which nothing was loaded yet. */
export function newly(how) {
  loads += 1;
  return `?${how}=${loads}`;
}

export function registerModules() {
  const ours = pathToFileURL(`${process.cwd()}/`).href;
  registerHooks({
    resolve(name, context, next) {
      if (name === '@jest/globals') return { url: globals, shortCircuit: true };
      const resolved = next(name, context);
      const [, fresh] = /(\?fresh=\d+)$/.exec(context.parentURL ?? '') ?? [];
      if (fresh === undefined || !resolved.url.startsWith(ours) || !resolved.url.endsWith('.ts')) return resolved;
      return { ...resolved, url: resolved.url + fresh };
    },
    load(url, context, next) {
      const [address] = url.split('?');
      if (!address.startsWith(ours) || !address.endsWith('.ts')) return next(url, context);
      if (!stripped.has(address)) {
        stripped.set(address, stripTypeScriptTypes(readFileSync(fileURLToPath(address), 'utf8')));
      }
      return { format: 'module', source: stripped.get(address), shortCircuit: true };
    },
  });
}
