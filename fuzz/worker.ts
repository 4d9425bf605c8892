import { parentPort, workerData } from 'node:worker_threads';

import { fuzz, tryTexts } from './loop.ts';
import type { Job } from './messages.ts';
import { TARGETS } from './targets.ts';

const job = workerData as Job;
const target = TARGETS.find(({ name }) => name === job.target);
if (target === undefined || parentPort === null) throw new Error(`There is no target ${job.target}`);
if (job.seconds === null) tryTexts(target, job, parentPort);
else await fuzz(target, { ...job, seconds: job.seconds }, parentPort);
