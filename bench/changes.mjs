// What comparing 3,000 workflow files with their base costs beside reading them once:
//     node bench/changes.mjs
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { measure, median } from './measure.mjs';
import { writeWorkflows } from './workflow-texts.mjs';

const RATIO = 1.3;
const RUNS = 5;
/** Every so many-th file differs from the base. */
const CHANGED = 100;

const PERSON = ['-c', 'user.name=Mona', '-c', 'user.email=mona@example.com', '-c', 'commit.gpgsign=false'];

const folder = mkdtempSync(join(tmpdir(), 'changes-'));
const git = (...args) => execFileSync('git', [...PERSON, ...args], { cwd: folder, stdio: 'ignore' });
try {
  const said = writeWorkflows(folder);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'base');
  git('checkout', '-q', '-b', 'change');
  const workflows = join(folder, '.github', 'workflows');
  const changed = readdirSync(workflows).filter((_, index) => index % CHANGED === 0);
  for (const name of changed) appendFileSync(join(workflows, name), '\n# changed\n');
  git('commit', '-q', '-a', '-m', 'head');
  console.log(`${said}; ${changed.length} differ from the base`);
  // One after the other in turn: what else the machine does meets both.
  const pairs = Array.from({ length: RUNS }, () => ({
    once: measure(folder, 'json'),
    compared: measure(folder, 'json', '--base', 'main'),
  }));
  const ratio = median(pairs.map(({ once, compared }) => compared.cpuSeconds / once.cpuSeconds));
  const columns = ['once', 'compared'].map((name) => {
    const runs = pairs.map((pair) => pair[name]);
    const cpu = median(runs.map(({ cpuSeconds }) => cpuSeconds)).toFixed(2);
    return `${name} ${cpu} s of processor, ${Math.max(...runs.map(({ megabytes }) => megabytes)).toFixed(0)} MB`;
  });
  console.log([...columns, `ratio ${ratio.toFixed(2)} (limit ${RATIO})`].join('  '));
  if (ratio > RATIO) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
