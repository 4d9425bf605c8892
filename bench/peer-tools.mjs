// The tools that bench/peers.mjs runs, each with the options that make it do the nearest thing to ours, without network.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CLI = join(ROOT, 'dist', 'cli', 'index.js');

export const OURS = 'effective-permissions';

/** `ok` are the exit statuses of a run that did its work. `also` is a program that it needs beside itself. */
const TOOLS = [
  { name: OURS, program: process.execPath, args: [CLI, '.', '--offline', '--fail-on', 'never'], ok: [0] },
  {
    name: 'zizmor',
    program: 'zizmor',
    args: ['--offline', '--collect=workflows', '--no-exit-codes', '--quiet', '--no-progress', '.'],
    ok: [0],
  },
  { name: 'actionlint', program: 'actionlint', args: ['-shellcheck=', '-pyflakes='], ok: [0, 1] },
  { name: 'actionlint with shellcheck', program: 'actionlint', args: ['-pyflakes='], ok: [0, 1], also: 'shellcheck' },
  { name: 'ghalint', program: 'ghalint', args: ['run'], ok: [0, 1] },
  { name: 'poutine', program: 'poutine', args: ['analyze_local', '.', '--quiet'], ok: [0] },
  {
    name: 'scorecard',
    program: 'scorecard',
    args: ['--local', '.', '--checks', 'Token-Permissions', '--show-details'],
    ok: [0],
  },
];

/** The tools that are on a path, each with its command and its version, and the names of those that are not. */
export function toolsOn(path) {
  const found = TOOLS.map(({ name, program, args, ok, also }) => {
    const file = name === OURS ? program : onPath(program, path);
    if (file === undefined || (also !== undefined && onPath(also, path) === undefined)) return { name };
    return { name, command: [file, ...args], ok, version: name === OURS ? ourVersion() : versionOf(file) };
  });
  const [tools, missing] = [found.filter(({ command }) => command), found.filter(({ command }) => !command)];
  return { tools, missing: missing.map(({ name }) => name) };
}

function onPath(program, path) {
  return path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

function ourVersion() {
  return output('git', ['describe', '--always', '--dirty']).trim();
}

/** A program of Go has its version inside; others say it. */
function versionOf(file) {
  const [, inside] = /\tmod\t\S+\t(v[\d.]+)/.exec(output('go', ['version', '-m', file])) ?? [];
  return inside ?? /\d+\.\d+\.\d+/.exec(output(file, ['--version']))?.[0] ?? 'of an unknown version';
}

function output(program, args) {
  return spawnSync(program, args, { cwd: ROOT, encoding: 'utf8' }).stdout ?? '';
}

/** The bytes that a step downloads: of ours what GitHub packs of a commit, of the others the program, compressed. */
export function downloadOf({ name, command }) {
  if (name !== OURS) return gzipSync(readFileSync(command[0]), { level: 9 }).length;
  const { stdout } = spawnSync('git', ['archive', '--format=tar.gz', 'HEAD'], { cwd: ROOT, maxBuffer: 2 ** 30 });
  return stdout.length;
}
