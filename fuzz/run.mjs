// Looks for inputs that break the program: npm run fuzz -- --seconds 600 --target workflow
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { buildFuzzer } from './build.mjs';
import { minimised } from './minimise.mjs';
import { Attempts, startWorker } from './watch.mjs';

const WORK = fileURLToPath(new URL('.work/', import.meta.url));
const TOTALS = fileURLToPath(new URL('totals.json', import.meta.url));

/** The targets, and how much of the time each gets. */
const SHARES = {
  workflow: 4,
  bytes: 1,
  conditions: 4,
  calls: 3,
  policy: 2,
  action: 2,
  log: 3,
  shell: 3,
  powershell: 3,
  cmd: 3,
  script: 4,
  ignores: 1,
  names: 1,
  fix: 2,
  command: 1,
  long: 2,
  chains: 1,
  editor: 2,
};

/** More different findings of one target than these say nothing new. */
const MOST_FINDINGS = 20;

/** The seeds of each target that do something new. They stay where they are: here are their numbers. */
const USEFUL = new Map();

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

/** Runs one target for some seconds and returns what it did; workers that break down are replaced. */
async function round(bundle, target, seed, limit, findings) {
  const file = `${WORK}kept/${target}.json`;
  const kept = readJson(file, []);
  const begin = Date.now();
  const cpu = process.cpuUsage();
  let [inputs, branches, restarts] = [0, 0, 0];
  const left = () => limit - (Date.now() - begin) / 1000;
  while (left() > 0 && findings.size < MOST_FINDINGS) {
    let progress = { inputs: 0, branches: 0 };
    const broken = await new Promise((resolve) => {
      const onMessage = (message) => {
        if (message.kind === 'kept') kept.push(message.text);
        else if (message.kind === 'seeds') USEFUL.set(target, message.seeds);
        else if (message.kind === 'progress') progress = message;
        else noteFinding(findings, target, seed, message);
      };
      startWorker(
        bundle,
        { target, seed: seed + restarts, seconds: left(), kept, seeds: USEFUL.get(target) ?? null },
        onMessage,
        resolve,
      );
    });
    inputs += progress.inputs;
    branches += progress.branches;
    if (broken === null) break;
    restarts++;
    const again = await confirmed(bundle, target, broken);
    if (again !== null) noteFinding(findings, target, seed, { ...again, text: broken.text });
  }
  writeJson(file, kept);
  const { user, system } = process.cpuUsage(cpu);
  return { inputs, branches, seconds: (user + system) / 1e6 };
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
    seconds: Math.round(before.seconds + seconds),
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

async function main() {
  for (const folder of ['kept', 'findings']) mkdirSync(WORK + folder, { recursive: true });
  const bundle = `${WORK}worker-${process.pid}.mjs`;
  process.on('exit', () => rmSync(bundle, { force: true }));
  console.log(`${await buildFuzzer(bundle)} counters, seed ${values.seed}`);
  if (values.again !== undefined) return again(bundle, values.again);
  const known = new Set();
  const end = Date.now() + Number(values.seconds) * 1000;
  for (let number = 0; Date.now() < end; number++) {
    for (const target of values.target) {
      const seconds = Math.min(Number(values.round) * (SHARES[target] ?? 1), (end - Date.now()) / 1000);
      if (seconds <= 0) break;
      const findings = new Map();
      const done = await round(bundle, target, Number(values.seed) + number * 1000, seconds, findings);
      addTotals(target, done);
      const { inputs, branches, seconds: spent } = done;
      console.log(`${target}: ${inputs} inputs in ${spent.toFixed(1)} s of the processor, ${branches} new branches`);
      for (const [key, finding] of findings) {
        if (!known.has(key)) await storeFinding(bundle, key, finding);
        known.add(key);
      }
    }
  }
  return known.size === 0 ? 0 : 1;
}

process.exitCode = await main();
