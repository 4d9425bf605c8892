/**
 * Makes `src/needs/api/routes.json` from `route-permissions.txt`, and `src/needs/api/octokit-methods.json` from the endpoints of
 * `@octokit/plugin-rest-endpoint-methods`: the methods whose route is in the table.
 */
import { readFile, writeFile } from 'node:fs/promises';
import endpoints from '../node_modules/@octokit/plugin-rest-endpoint-methods/dist-src/generated/endpoints.js';

const table = await readFile(new URL('route-permissions.txt', import.meta.url), 'utf8');
const { version } = JSON.parse(
  await readFile(
    new URL('../node_modules/@octokit/plugin-rest-endpoint-methods/package.json', import.meta.url),
    'utf8',
  ),
);

/** By what they take: `contents: read` → [`GET branches`, …]. */
const routes = {};
const known = new Set();
let heading = null;
for (const [index, line] of table.split('\n').entries()) {
  if (line === '' || line.startsWith('#')) continue;
  const named = /^\[(.+)\]$/.exec(line)?.[1];
  if (named !== undefined) {
    heading = routes[named] ??= [];
    continue;
  }
  const words = line.split(' ');
  const methods = words.filter((word) => /^[A-Z]+$/.test(word));
  for (const path of words.slice(methods.length)) {
    for (const method of methods) {
      const route = `${method} ${path}`;
      if (known.has(route)) throw new Error(`route-permissions.txt:${index + 1}: ${route} stands there twice`);
      known.add(route);
      heading.push(route);
    }
  }
}

function shortPath(path) {
  const pattern = path.replace(/\{[^}]*\}/g, '*');
  if (pattern === '/repos/*/*') return '.';
  return pattern.replace(/^\/repos\/\*\/\*\//, '');
}

const methods = {};
for (const [scope, named] of Object.entries(endpoints.default ?? endpoints)) {
  for (const [name, [route]] of Object.entries(named)) {
    const [method, path] = route.split(' ');
    const short = `${method} ${shortPath(path)}`;
    if (known.has(short)) (methods[scope] ??= {})[name] = short;
  }
}

const REPOSITORY = 'https://github.com/github/docs/blob/02ac71cd67f12f791665800215adb392e5bbea21';
await write('routes.json', {
  source: `${REPOSITORY}/src/github-apps/data/fpt-2026-03-10/server-to-server-permissions.json`,
  licence: 'CC-BY-4.0',
  date: '2026-11-21',
  routes,
});
await write('octokit-methods.json', {
  source: `https://www.npmjs.com/package/@octokit/plugin-rest-endpoint-methods/v/${version}`,
  licence: 'MIT',
  date: '2026-11-21',
  methods,
});

async function write(name, value) {
  await writeFile(new URL(`../src/needs/api/${name}`, import.meta.url), `${JSON.stringify(value, null, 2)}\n`);
}
