import type { MessagePort } from 'node:worker_threads';

import { coverageOf } from './coverage.ts';
import { Shown } from './messages.ts';
import type { Job, Message, Thrown } from './messages.ts';
import { mutated } from './mutate.ts';
import { drawFrom } from './random.ts';
import type { Draw } from './random.ts';
import type { Target } from './target.ts';

/** How often progress is told, in milliseconds. */
const PROGRESS = 2000;

/** What is thrown when all goes well is nothing. */
async function thrownBy(target: Target, text: string): Promise<Thrown | null> {
  try {
    await target.run(text);
    return null;
  } catch (error) {
    if (!(error instanceof Error)) return { name: typeof error, message: String(error), stack: '' };
    return { name: error.name, message: error.message, stack: error.stack ?? '' };
  }
}

/** Looks for inputs that do something new, or something wrong, for some seconds. */
export async function fuzz(
  target: Target,
  { seed, seconds, kept, seeds, current }: Job & { readonly seconds: number },
  port: MessagePort,
): Promise<void> {
  const draw = drawFrom(seed);
  const coverage = coverageOf();
  const shown = new Shown(current);
  const queue: string[] = [];
  const told = new Map<string, number>();
  const tell = (message: Message): void => port.postMessage(message);

  /** The same again and again is told a few times, since the first input that shows it may be an odd one. */
  function isNews({ message }: Thrown): boolean {
    const what = message.replaceAll(/["'][^]*|\d+/g, '').slice(0, 60);
    told.set(what, (told.get(what) ?? 0) + 1);
    return (told.get(what) ?? 0) <= 3;
  }

  /** Returns whether the input did something new. */
  async function attempt(text: string): Promise<boolean> {
    shown.show(text);
    const thrown = await thrownBy(target, text);
    shown.hide();
    if (thrown !== null && isNews(thrown)) tell({ kind: 'finding', text, ...thrown });
    return coverage.look();
  }

  coverage.clear();
  const given = target.seeds();
  const useful: number[] = [];
  for (const number of seeds ?? given.keys()) {
    const text = (given[number] ?? '').slice(0, target.longest);
    if (!(await attempt(text))) continue;
    queue.push(text);
    useful.push(number);
  }
  tell({ kind: 'seeds', seeds: useful });
  for (const text of kept) if (await attempt(text)) queue.push(text);
  const before = coverage.branches();
  const end = performance.now() + seconds * 1000;
  let [inputs, toldAt] = [0, 0];
  for (let now = performance.now(); now < end; now = performance.now()) {
    for (let count = 0; count < 32; count++) {
      const text = nextInput(target, queue, draw).slice(0, target.longest);
      inputs++;
      if (!(await attempt(text))) continue;
      queue.push(text);
      tell({ kind: 'kept', text });
    }
    if (now - toldAt < PROGRESS) continue;
    toldAt = now;
    tell({ kind: 'progress', inputs, branches: coverage.branches() - before });
  }
  tell({ kind: 'progress', inputs, branches: coverage.branches() - before });
}

/** Made by a grammar now and then, otherwise one of those that did something new, changed. */
export function nextInput(target: Target, queue: readonly string[], draw: Draw): string {
  const isMade = target.generate !== undefined && (queue.length === 0 || draw.oneIn(8));
  const text = isMade ? target.generate(draw) : queued(queue, draw);
  if (isMade && draw.oneIn(2)) return text;
  return mutated(text, draw, { other: queued(queue, draw), words: globalThis.fuzzWords ?? WORDS });
}

/** Where no build gives the words of the sources. */
const WORDS = ['on', 'jobs', 'permissions', 'contents', 'write', 'read', 'uses', 'run', 'if'];

/** The last ones more often, as what they did is not yet explored, and short ones, as they are quick. */
function queued(queue: readonly string[], draw: Draw): string {
  const first = draw.oneIn(2) ? 0 : Math.floor(queue.length * 0.9);
  const drawn = (): string => queue[first + draw.below(queue.length - first)] ?? '';
  const [one, other] = [drawn(), drawn()];
  return other.length < one.length || draw.oneIn(4) ? other : one;
}

/** Tries the inputs that are sent, one by one. */
export function tryTexts(target: Target, { current }: Job, port: MessagePort): void {
  const shown = new Shown(current);
  port.on('message', (text: string) => {
    shown.show(text);
    void thrownBy(target, text).then((thrown) => {
      shown.hide();
      port.postMessage({ kind: 'tried', thrown } satisfies Message);
    });
  });
}
