import { parentPort, workerData } from 'node:worker_threads';

import { tryTexts } from '../../fuzz/loop.ts';
import type { Job } from '../../fuzz/messages.ts';
import type { Target } from '../../fuzz/target.ts';

/** Ends in every way that the fuzzer looks for. */
const BROKEN: Target = {
  name: 'broken',
  longest: 100,
  seeds: () => [],
  run: (text) => {
    if (text === 'throws') throw new Error('thrown');
    if (text === 'breaks')
      setImmediate(() => {
        throw new Error('thrown by nobody who waits');
      });
    while (text === 'hangs') Math.random();
    const held: unknown[] = [];
    while (text === 'holds') held.push(new Array(500_000).fill(held));
    return text === 'breaks' ? new Promise<void>(() => {}) : undefined;
  },
};

if (parentPort !== null) tryTexts(BROKEN, workerData as Job, parentPort);
