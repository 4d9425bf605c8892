import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { Worker } from 'node:worker_threads';

/** What an input may take: a second of the processor, and 300 MB with what the fuzzer itself holds. */
const LIMITS = { seconds: 1, megabytes: 300 };

/** How many of the megabytes are for what is young: with little, an input a thousand times a second is a garbage collector. */
const YOUNG = 64;

/** On a busy machine a second of the processor may take long; more than that is no waiting for it. */
const LONGEST_WAIT = 60;

/** What a worker shows of the input that it tries is no longer. */
const LONGEST = 131_072;

/** How much memory a worker has for what it tried: four bytes for each of so many texts. */
export const TRIED_BYTES = 4 * 2 ** 22;

/**
 * Starts a worker and watches it. `onMessage` gets what it tells, `onEnd` how it ended: `null` when its work was done, or
 * the input with which it hung, ran out of memory or broke down. Returns the worker.
 *
 * @param {string} bundle
 * @param {{ target: string, seed: number, seconds: number | null, end: number, kept: readonly string[], seeds: readonly number[] | null,
 *   tried: SharedArrayBuffer }} job
 */
export function startWorker(bundle, job, onMessage, onEnd) {
  const current = new SharedArrayBuffer(8 + 2 * LONGEST);
  const worker = new Worker(bundle, {
    workerData: { ...job, current },
    // The stack is that of a program that is started as usual.
    resourceLimits: {
      maxOldGenerationSizeMb: LIMITS.megabytes - YOUNG,
      maxYoungGenerationSizeMb: YOUNG,
      stackSizeMb: 1,
    },
  });
  let broken = null;
  const watch = watching(current);
  const timer = setInterval(() => {
    const spent = watch();
    if (spent === null || broken !== null) return;
    broken = { kind: 'hang', text: textIn(current), message: `takes more than ${spent.toFixed(1)} s` };
    void worker.terminate();
  }, 100);
  worker.on('message', onMessage);
  worker.on('error', (error) => {
    const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    const kind = isMemory ? 'memory' : 'broken';
    const message = isMemory ? 'takes over 300 MB' : String(error.stack ?? error);
    broken ??= { kind, text: textIn(current), message };
  });
  // It comes last, whatever happened.
  worker.on('exit', () => {
    clearInterval(timer);
    onEnd(broken);
  });
  return worker;
}

/** Returns a function that tells how long one input takes already, when that is too long; otherwise `null`. */
function watching(current) {
  const state = new Int32Array(current, 0, 2);
  let [known, cpu, since] = [-1, processorTime(), performance.now()];
  return () => {
    const sequence = Atomics.load(state, 1);
    if (sequence !== known || Atomics.load(state, 0) === 0) {
      [known, cpu, since] = [sequence, processorTime(), performance.now()];
      return null;
    }
    // Only the worker does anything meanwhile.
    const spent = processorTime() - cpu;
    const waited = (performance.now() - since) / 1000;
    return spent > LIMITS.seconds || waited > LONGEST_WAIT ? Math.max(spent, LIMITS.seconds) : null;
  };
}

function processorTime() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function textIn(current) {
  const length = Math.max(0, Atomics.load(new Int32Array(current, 0, 1), 0) - 1);
  const units = new Uint16Array(current, 8, length);
  let text = '';
  for (let at = 0; at < length; at += 4096) text += String.fromCharCode(...units.slice(at, at + 4096));
  return text;
}

/** Tries single inputs in a worker that is started again when one breaks it. */
export class Attempts {
  #bundle;
  #target;
  #worker = null;
  #answer = null;

  constructor(bundle, target) {
    this.#bundle = bundle;
    this.#target = target;
  }

  /** How an input ends: `null` when all is well. */
  async try(text) {
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#worker ??= startWorker(
        this.#bundle,
        {
          target: this.#target,
          seed: 0,
          seconds: null,
          end: 0,
          kept: [],
          seeds: null,
          tried: new SharedArrayBuffer(4),
        },
        ({ thrown }) => this.#answer(thrown === null ? null : { kind: 'finding', ...thrown }),
        (broken) => {
          this.#worker = null;
          this.#answer(broken);
        },
      );
      this.#worker.postMessage(text);
    });
  }

  async close() {
    await this.#worker?.terminate();
  }
}
