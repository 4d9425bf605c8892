import type { MessagePort } from 'node:worker_threads';

import { coverageOf } from './coverage.ts';
import { Shown } from './messages.ts';
import type { Job, Message, Thrown } from './messages.ts';
import { mutated } from './mutate.ts';
import { drawFrom } from './random.ts';
import type { Draw } from './random.ts';
import { Queue } from './queue.ts';
import type { Target } from './target.ts';
import { Tried } from './tried.ts';

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
  { seed, seconds, end, kept, seeds, tried, current }: Job & { readonly seconds: number },
  port: MessagePort,
): Promise<void> {
  const draw = drawFrom(seed);
  const coverage = coverageOf();
  const shown = new Shown(current);
  const queue = new Queue();
  const texts = new Tried(tried);
  const told = new Map<string, number>();
  const tell = (message: Message): void => port.postMessage(message);

  /** The same again and again is told a few times, since the first input that shows it may be an odd one. */
  function isNews({ message }: Thrown): boolean {
    const what = message.replaceAll(/["'][^]*|\d+/g, '').slice(0, 60);
    told.set(what, (told.get(what) ?? 0) + 1);
    return (told.get(what) ?? 0) <= 3;
  }

  /** Returns whether the input was kept. */
  async function attempt(text: string, number: number | null = null): Promise<boolean> {
    shown.show(text);
    const thrown = await thrownBy(target, text);
    shown.hide();
    if (thrown !== null && isNews(thrown)) tell({ kind: 'finding', text, ...thrown });
    const gained = coverage.look(text.length);
    if (gained.length > 0) queue.add(text, gained, number);
    return gained.length > 0;
  }

  coverage.clear();
  const given = target.seeds();
  for (const number of seeds ?? given.keys()) await attempt(shaped(target, given[number] ?? ''), number);
  for (const text of kept) await attempt(text);
  tell({ kind: 'useful', ...queue.useful() });
  const before = coverage.branches();
  const begin = process.cpuUsage();
  let [inputs, toldAt] = [0, 0];
  for (let now = Date.now(); now < end && secondsSince(begin) < seconds; now = Date.now()) {
    for (let count = 0; count < 32; count++) {
      const text = shaped(target, nextInput(target, queue, draw));
      if (!texts.isNew(text)) continue;
      inputs++;
      if (await attempt(text)) tell({ kind: 'kept', text });
    }
    if (now - toldAt < PROGRESS) continue;
    toldAt = now;
    tell({ kind: 'progress', inputs, branches: coverage.branches() - before });
  }
  tell({ kind: 'progress', inputs, branches: coverage.branches() - before });
  tell({ kind: 'useful', ...queue.useful() });
}

function secondsSince(begin: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

/** What is tried of a text. */
export function shaped({ longest, shape }: Target, text: string): string {
  const short = text.slice(0, longest);
  return shape === undefined ? short : shape(short);
}

/** Made by a grammar now and then, otherwise one of those that did something new, changed. */
export function nextInput(target: Target, queue: Queue, draw: Draw): string {
  const isMade = target.generate !== undefined && draw.oneIn(8);
  const text = isMade ? target.generate(draw) : queued(queue, draw);
  if (isMade && draw.oneIn(2)) return text;
  return mutated(text, draw, { other: queue.draw(draw), words: globalThis.fuzzWords ?? WORDS });
}

/** Where no build gives the words of the sources. */
const WORDS = ['on', 'jobs', 'permissions', 'contents', 'write', 'read', 'uses', 'run', 'if'];

/** Short ones more often, as they are quick. */
function queued(queue: Queue, draw: Draw): string {
  const [one, other] = [queue.draw(draw), queue.draw(draw)];
  return other.length < one.length || draw.oneIn(8) ? other : one;
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
