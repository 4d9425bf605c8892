// Looks for inputs that break the program: npm run fuzz -- --seconds 600 --target workflow
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { buildFuzzer } from './build.mjs';
import { minimised } from './minimise.mjs';
import { Attempts, startWorker, TRIED_BYTES } from './watch.mjs';

const WORK = fileURLToPath(new URL('.work/', import.meta.url));
const TOTALS = fileURLToPath(new URL('totals.json', import.meta.url));

/** The targets, and how much of the time each gets: what is quick gets more, since it takes more inputs to find anything. */
const SHARES = {
  workflow: 4,
  bytes: 3,
  conditions: 5,
  calls: 2,
  policy: 2,
  action: 2,
  log: 5,
  shell: 4,
  powershell: 5,
  cmd: 5,
  script: 6,
  ignores: 2,
  names: 1,
  organization: 1,
  explain: 2,
  fix: 1,
  command: 1,
  arguments: 2,
  run: 1,
  long: 1,
  chains: 1,
  editor: 2,
};

/** More different findings of one target than these say nothing new. */
const MOST_FINDINGS = 20;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    round: { type: 'string', default: '10' },
    target: { type: 'string', multiple: true, default: Object.keys(SHARES) },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    again: { type: 'string' },
  },
});

function readJson(file, otherwise) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : otherwise;
}

/** The old file stays whole whatever happens. */
function writeJson(file, value) {
  writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** What makes two findings the same: what was thrown and where, but no numbers or quoted texts. */
function keyOf({ kind, name = '', message, stack = '' }) {
  const frames = stack.match(/^ +at .*?(?= \()/gm) ?? [];
  const what = message.replaceAll(/["'`\u201c][^]*|\d+/g, '').slice(0, 80);
  return [kind, name, kind === 'finding' ? what : '', ...(name === 'Finding' ? [] : frames.slice(0, 2))].join('|');
}

/** The texts that were kept, the useful seeds by their number, and what was tried: what a target goes on with. */
function memoryOf(target) {
  const [file, triedFile] = [`${WORK}kept/${target}.json`, `${WORK}kept/${target}.tried`];
  const memory = { kept: [], seeds: null, ...readJson(file, {}), tried: new SharedArrayBuffer(TRIED_BYTES) };
  if (existsSync(triedFile)) new Uint8Array(memory.tried).set(readFileSync(triedFile).subarray(0, TRIED_BYTES));
  const save = () => {
    writeJson(file, { kept: memory.kept, seeds: memory.seeds });
    writeFileSync(triedFile, new Uint8Array(memory.tried));
  };
  return { memory, save };
}

/** Runs one target for some seconds of the processor and returns what it did; workers that break down are replaced. */
async function round(bundle, target, seed, limit, end, findings) {
  const { memory, save } = memoryOf(target);
  const cpu = process.cpuUsage();
  let [inputs, branches, restarts] = [0, 0, 0];
  const left = () => limit - secondsSince(cpu);
  while (left() > 0 && Date.now() < end && findings.size < MOST_FINDINGS) {
    let progress = { inputs: 0, branches: 0 };
    const broken = await new Promise((resolve) => {
      const onMessage = (message) => {
        if (message.kind === 'kept') memory.kept.push(message.text);
        else if (message.kind === 'useful') [memory.kept, memory.seeds] = [[...message.kept], message.seeds];
        else if (message.kind === 'progress') progress = message;
        else noteFinding(findings, target, seed, message);
      };
      startWorker(bundle, { target, seed: seed + restarts, seconds: left(), end, ...memory }, onMessage, resolve);
    });
    inputs += progress.inputs;
    branches += progress.branches;
    if (broken === null) break;
    restarts++;
    const again = await confirmed(bundle, target, broken);
    if (again !== null) noteFinding(findings, target, seed, { ...again, text: broken.text });
  }
  save();
  return { inputs, branches, seconds: secondsSince(cpu) };
}

function secondsSince(cpu) {
  const { user, system } = process.cpuUsage(cpu);
  return (user + system) / 1e6;
}

/** What broke a worker may have been what it did before: only what breaks one by itself is a finding. */
async function confirmed(bundle, target, { text }) {
  const attempts = new Attempts(bundle, target);
  const result = await attempts.try(text);
  await attempts.close();
  return result;
}

function noteFinding(findings, target, seed, finding) {
  const key = keyOf(finding);
  if (!findings.has(key)) findings.set(key, { target, seed, ...finding });
}

async function storeFinding(bundle, key, { target, seed, kind, text, message, stack }) {
  const attempts = new Attempts(bundle, target);
  const isSame = async (shorter) => {
    const result = await attempts.try(shorter);
    return result !== null && keyOf(result) === key;
  };
  const smallest = await minimised(text, isSame, kind);
  await attempts.close();
  const name = `${target}-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`;
  writeJson(`${WORK}findings/${name}.json`, { target, kind, message, seed, text: smallest, original: text, stack });
  console.log(
    `FOUND ${name}.json: ${kind}: ${message.split('\n')[0].slice(0, 200)}\n  ${JSON.stringify(smallest).slice(0, 400)}`,
  );
}

function addTotals(target, { inputs, branches, seconds }) {
  const totals = readJson(TOTALS, {});
  const before = totals[target] ?? { inputs: 0, seconds: 0, newBranches: 0 };
  totals[target] = {
    inputs: before.inputs + inputs,
    seconds: Math.round((before.seconds + seconds) * 10) / 10,
    newBranches: before.newBranches + branches,
  };
  writeJson(TOTALS, totals);
}

/** Tries a finding that was stored. */
async function again(bundle, file) {
  const { target, text } = readJson(file, null);
  const attempts = new Attempts(bundle, target);
  const result = await attempts.try(text);
  await attempts.close();
  console.log(result === null ? 'All is well.' : `${result.kind}: ${result.message}\n${result.stack ?? ''}`);
  return result === null ? 0 : 1;
}

/** The target that had least of its share of time, in all runs. */
function nextTarget() {
  const totals = readJson(TOTALS, {});
  const had = (target) => (totals[target]?.seconds ?? 0) / SHARES[target];
  return values.target.reduce((least, target) => (had(target) < had(least) ? target : least));
}

async function main() {
  for (const folder of ['kept', 'findings']) mkdirSync(WORK + folder, { recursive: true });
  const bundle = `${WORK}worker-${process.pid}.mjs`;
  process.on('exit', () => rmSync(bundle, { force: true }));
  console.log(`${await buildFuzzer(bundle)} counters, seed ${values.seed}`);
  if (values.again !== undefined) return again(bundle, values.again);
  const known = new Set();
  const end = Date.now() + Number(values.seconds) * 1000;
  for (let number = 0; Date.now() < end; number++) {
    const target = nextTarget();
    const seconds = Number(values.round) * SHARES[target];
    const findings = new Map();
    const done = await round(bundle, target, Number(values.seed) + number * 1000, seconds, end, findings);
    addTotals(target, done);
    const { inputs, branches, seconds: spent } = done;
    console.log(`${target}: ${inputs} inputs in ${spent.toFixed(1)} s of the processor, ${branches} new branches`);
    for (const [key, finding] of findings) {
      if (!known.has(key)) await storeFinding(bundle, key, finding);
      known.add(key);
    }
  }
  return known.size === 0 ? 0 : 1;
}

process.exitCode = await main();
