// What a command takes as a whole, with all processes and threads that it starts: what bench/peers.mjs measures.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';

// The clock of bash counts what all processes of the command used together. What they print goes to a file, which costs
// every tool the same.
const TIMED = `TIMEFORMAT='%3R %3U %3S'; time "$@" >"$PRINTED" 2>&1 </dev/null`;

/** Runs a command to its end, and returns the seconds that it took and those that it used of the processors. */
export async function timed(command, options) {
  const child = inBash(command, options);
  let clock = '';
  child.stderr.on('data', (text) => (clock += text));
  await end(child, command, options);
  const [seconds, user, system] = clock.trim().split('\n').at(-1).split(' ').map(Number);
  return { seconds, cpuSeconds: user + system };
}

/**
 * The most memory that all processes of a command had together, in megabytes, as Linux tells while it runs. It takes time
 * from the command, so it is a run of its own. `undefined` where there is no /proc.
 */
export async function memory(command, options) {
  const child = inBash(command, options);
  let most;
  const timer = setInterval(() => {
    const megabytes = childrenOf(child.pid).reduce((sum, pid) => sum + peakOf(pid), 0);
    if (megabytes > (most ?? 0)) most = megabytes;
  }, 2);
  await end(child, command, options).finally(() => clearInterval(timer));
  return most;
}

/** The seconds until a command prints something, and until it ends. */
export async function firstLine(command, options) {
  const begin = process.hrtime.bigint();
  const since = () => Number(process.hrtime.bigint() - begin) / 1e9;
  const [program, ...args] = command;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env });
  let first;
  for (const stream of [child.stdout, child.stderr]) stream.on('data', () => (first ??= since()));
  child.stdin.end();
  await end(child, command, options);
  return { first, end: since() };
}

function inBash(command, { cwd, env, printed }) {
  const stdio = ['ignore', 'ignore', 'pipe'];
  return spawn('bash', ['-c', TIMED, 'bash', ...command], {
    cwd,
    env: { ...env, PRINTED: printed },
    stdio,
  });
}

/** Waits for the end of a command, which is killed with all that it started when it takes longer than the limit. */
async function end(child, command, { ok, printed, limit }) {
  const timer = setTimeout(() => {
    for (const pid of [child.pid, ...childrenOf(child.pid)]) process.kill(Number(pid), 'SIGKILL');
  }, limit * 1000);
  const [status, signal] = await new Promise((resolve, reject) =>
    child.on('close', (...how) => resolve(how)).on('error', reject),
  ).finally(() => clearTimeout(timer));
  if (signal === 'SIGKILL') throw new TooLong();
  if (ok.includes(status)) return;
  const text = printed === undefined ? '' : `:\n${readFileSync(printed, 'utf8').slice(0, 2000)}`;
  throw new Error(`${command.join(' ')} ended with ${status}${text}`);
}

/** A command did not end within the limit. */
export class TooLong extends Error {}

/** All processes below one. */
function childrenOf(pid) {
  const children = (readProc(`${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean);
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}

function peakOf(pid) {
  const [, kilobytes = 0] = /^VmHWM:\s+(\d+) kB$/m.exec(readProc(`${pid}/status`) ?? '') ?? [];
  return Number(kilobytes) / 1024;
}

/** Processes end while they are looked at. */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return undefined;
  }
}
