// How long this tool and others take for the same workflow files, and what they are as a step of a run:
//     node bench/peers.mjs [--peers FOLDER] [--sizes 10,200,3000,30000] [--limit SECONDS] [--write]
// Markdown is printed; with --write it takes its place in docs/benchmarks.md. A run that takes longer than the limit is ended.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, release, tmpdir, totalmem, type } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { parseDocument } from 'yaml';

import { table } from '../scripts/markdown-table.mjs';
import { writeParts } from '../scripts/write-parts.mjs';
import { median } from './measure.mjs';
import { downloadOf, toolsOn } from './peer-tools.mjs';
import { firstLine, memory, timed, TooLong } from './whole-process.mjs';
import { writeWorkflows } from './workflow-texts.mjs';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: '' },
    sizes: { type: 'string', default: '10,200,3000,30000' },
    limit: { type: 'string', default: '600' },
    write: { type: 'boolean', default: false },
  },
});
const SIZES = values.sizes.split(',').map(Number);
const LIMIT = Number(values.limit);

// No token and no certificates of this machine, which take Node time at every start.
const env = { ...process.env, PATH: `${values.peers}${delimiter}${process.env.PATH}` };
for (const name of ['GH_TOKEN', 'GITHUB_TOKEN', 'GITHUB_AUTH_TOKEN', 'NODE_EXTRA_CA_CERTS']) delete env[name];
const { tools, missing } = toolsOn(env.PATH);

/** Fewer runs of what takes long; always an odd number. */
function runsOf(size) {
  return size <= 200 ? 11 : size <= 3000 ? 5 : 1;
}

/**
 * A repository with so many files, as some tools read nothing else. Files that are no YAML are left out, as scorecard
 * reads nothing more after one.
 */
function repository(folder, size) {
  const inGit = (...args) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder });
  mkdirSync(folder);
  console.error(writeWorkflows(folder, size, (text) => parseDocument(text).errors.length === 0));
  inGit('init', '--quiet', '--initial-branch=main');
  inGit('remote', 'add', 'origin', 'https://github.com/octo-org/octo-repo');
  inGit('add', '--all');
  inGit('commit', '--quiet', '--message=All');
  return folder;
}

/** All tools in turn, so that whatever else the machine does slows all alike. The first turn fills the caches. */
async function inTurn(size, measureOne) {
  const runs = new Map(tools.map((tool) => [tool, []]));
  const turns = runsOf(size);
  for (let turn = turns === 1 ? 1 : 0; turn <= turns; turn += 1) {
    for (const [tool, done] of runs) {
      if (tool.stopped) continue;
      const run = await measureOne(tool.command, tool).catch((error) => stop(tool, error));
      if (turn > 0) done.push(run);
    }
  }
  return runs;
}

/** A tool that fails, or that takes too long, is not run again. */
function stop(tool, error) {
  console.error(`${tool.name}: ${error.message}`);
  tool.stopped = error instanceof TooLong ? `> ${LIMIT} s` : 'fails';
}

async function measureAll(folder, size) {
  const options = { cwd: folder, env, printed: join(folder, '..', 'printed'), limit: LIMIT };
  const runs = await inTurn(size, (command, { ok }) => timed(command, { ...options, ok }));
  const measured = new Map();
  for (const [tool, done] of runs) {
    const { name, command, ok } = tool;
    const peak = tool.stopped
      ? null
      : await peakOf(command, size, { ...options, ok }).catch((error) => stop(tool, error));
    const { stopped } = tool;
    const middle = (what) => seconds(median(done.map((run) => run[what])));
    const shown = stopped
      ? { time: stopped, processors: '–', memory: '–' }
      : { time: middle('seconds'), processors: middle('cpuSeconds'), memory: megabytes(peak) };
    measured.set(name, shown);
    console.error(`${size} files, ${name}:`, shown);
  }
  return measured;
}

/** What ends soon is looked at too seldom to be sure of one run. */
async function peakOf(command, size, options) {
  const peaks = [];
  for (let run = 0; run < runsOf(size); run += 4) peaks.push(await memory(command, options));
  return Math.max(...peaks.filter((peak) => peak !== undefined));
}

/** What each tool is as a step, with so many files. */
async function steps(folder, size) {
  const runs = await inTurn(size, (command, { ok }) => firstLine(command, { cwd: folder, env, ok, limit: LIMIT }));
  return [...runs].map(([tool, done]) => {
    const middle = (what) => tool.stopped ?? seconds(median(done.map((run) => run[what])));
    return [tool.name, `${(downloadOf(tool) / 1e6).toFixed(1)} MB`, middle('first'), middle('end')];
  });
}

function seconds(value) {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function versions() {
  const there = tools.map(({ name, version }) => `${name} ${version}`).join(', ');
  return missing.length === 0 ? there : `${there}; not there: ${missing.join(', ')}`;
}

function machine() {
  const memoryOfMachine = `${Math.round(totalmem() / 2 ** 30)} GB of memory`;
  return `Node ${process.version}, ${type()} ${release()}, ${cpus().length} processors (${cpus()[0].model.trim()}), ${memoryOfMachine}.`;
}

/** How many processors others use, in two seconds in which this program does nothing: times of a busy machine say little. */
async function busyProcessors() {
  const worked = () =>
    cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1000;
  const before = worked();
  await setTimeout(2000);
  return (worked() - before) / 2;
}

function otherWork() {
  return busy < 0.2 ? '' : ` Other programs used ${busy.toFixed(1)} processors at the beginning.`;
}

function megabytes(value) {
  return value === -Infinity ? 'not seen' : `${Math.round(value)} MB`;
}

const busy = await busyProcessors();
const folder = mkdtempSync(join(tmpdir(), 'peers-'));
try {
  const places = SIZES.map((size) => repository(join(folder, String(size)), size));
  const step = await steps(places[0], SIZES[0]);
  const bySize = [];
  for (const [index, place] of places.entries()) bySize.push(await measureAll(place, SIZES[index]));
  const head = ['', ...SIZES.map((size) => `${size.toLocaleString('en')} files`)];
  const rows = (what) => tools.map(({ name }) => [name, ...bySize.map((measured) => measured.get(name)[what])]);
  const measured = [
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${versions()}. ${machine()}${otherWork()}`,
    'Time from the start of the process to its end:',
    table(head, rows('time')),
    'Time of the processors, all processes and threads together:',
    table(head, rows('processors')),
    'The most memory that all processes had together:',
    table(head, rows('memory')),
    `As a step, with ${SIZES[0]} files:`,
    table(['', 'to download', 'until something is printed', 'until the end'], step),
  ].join('\n\n');
  if (values.write) await writeParts('docs/benchmarks.md', { measured });
  else console.log(measured);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
