import type { Answer } from '../compute/answer.ts';
import type { Fixed, Question, Reply } from '../compute/messages.ts';
import type { Input } from '../input/input.ts';

// Set by the build.
declare const WORKER: string;

/** Ordinary files take milliseconds. What takes longer than this is stopped, and the page stays as it is. */
const PATIENCE = 20_000;

/** What asks the worker. */
export interface Computer {
  /** Computes what the page shows. A later question takes the place of earlier ones that still wait. */
  check(input: Input): void;
  fix(input: Input): Promise<Fixed>;
}

/** Who is told what came of the last question. */
export interface Listener {
  readonly onAnswer: (answer: Answer) => void;
  readonly onFailure: (message: string) => void;
}

/** Starts the worker, so that whatever is computed never keeps anybody from typing. */
export function startComputer({ onAnswer, onFailure }: Listener): Computer {
  let worker = newWorker();
  let ids = 0;
  let running: { readonly question: Question; readonly timer: number } | null = null;
  let waiting: Question[] = [];
  const fixing = new Map<number, { resolve(fixed: Fixed): void; reject(error: Error): void }>();
  return {
    check: (input) => {
      waiting = [...waiting.filter(({ kind }) => kind !== 'check'), { kind: 'check', id: ++ids, input }];
      next();
    },
    fix: (input) => {
      const id = ++ids;
      waiting.push({ kind: 'fix', id, input });
      const fixed = new Promise<Fixed>((resolve, reject) => fixing.set(id, { resolve, reject }));
      next();
      return fixed;
    },
  };

  function newWorker(): Worker {
    const made = new Worker(workerAddress(), { type: 'module' });
    made.onmessage = ({ data }: MessageEvent<Reply>) => done(data);
    made.onerror = () => stop('This page could not be loaded in full. Load it again.');
    return made;
  }

  function next(): void {
    if (running !== null) return;
    const question = waiting.shift();
    if (question === undefined) return;
    const timer = window.setTimeout(() => stop('This took too long and was stopped. Try fewer files.'), PATIENCE);
    running = { question, timer };
    worker.postMessage(question);
  }

  function stop(message: string): void {
    worker.terminate();
    worker = newWorker();
    if (running !== null) done({ kind: 'failed', id: running.question.id, message });
  }

  function done(reply: Reply): void {
    if (running?.question.id !== reply.id) return;
    window.clearTimeout(running.timer);
    const { question } = running;
    running = null;
    const asking = fixing.get(reply.id);
    fixing.delete(reply.id);
    // An answer to what was changed since is old, and a newer one is on its way.
    const isOld = question.kind === 'check' && waiting.some(({ kind }) => kind === 'check');
    if (reply.kind === 'fixed') asking?.resolve(reply.fixed);
    else if (reply.kind === 'failed' && asking !== undefined) asking.reject(new Error(reply.message));
    else if (reply.kind === 'failed') onFailure(reply.message);
    else if (!isOld) onAnswer(reply.answer);
    next();
  }
}

/** The part of Trusted Types that is used here; not every browser has them. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): {
    createScriptURL(address: string): URL;
  };
}

let trusted: URL | null = null;

/** The only address that this page ever makes a script of: its policy forbids all others. */
function workerAddress(): URL {
  const own = new URL(WORKER, document.baseURI);
  const { trustedTypes } = window as { readonly trustedTypes?: TrustedTypes };
  trusted ??= trustedTypes?.createPolicy('worker', { createScriptURL: () => own.href }).createScriptURL('') ?? own;
  return trusted;
}
