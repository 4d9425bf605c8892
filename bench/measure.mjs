// What a run of the command line takes: what several benchmarks share.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));

/** Checks all repositories of a folder, and returns what it took. */
export function measureAll(folder, format) {
  return measured(['check', '--all', folder, '--format', format, '--fail-on', 'never', '--offline']);
}

/** Checks a folder, and returns what it took. */
export function measure(folder, format, ...more) {
  return measured([folder, '--format', format, '--fail-on', 'never', '--offline', ...more]);
}

function measured(command) {
  // The child tells what it used, which needs no tool of the system. Its threads run this too, and end before it.
  const tell = `data:text/javascript,import { isMainThread } from 'node:worker_threads';
  if (isMainThread) process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    console.error('used', userCPUTime + systemCPUTime, maxRSS);
  })`;
  const args = ['--import', tell, cli, ...command];
  const begin = process.hrtime.bigint();
  const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  const [, cpu, peak] = /^used (\d+) (\d+)$/m.exec(stderr) ?? [];
  if (status !== 0 || peak === undefined) throw new Error(`The command line ended with ${status}:\n${stderr}`);
  return { seconds, cpuSeconds: Number(cpu) / 1e6, megabytes: Number(peak) / 1024, printed: stdout.length / 1e6 };
}

/** The middle one. */
export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
