import type { Readable } from 'node:stream';

import { openPromise, type Entry, type ZipFile } from 'yauzl';

import { errorMessage, ToolError } from '../tool-error.ts';
import { withoutEnd } from '../../words/without-end.ts';

/** The log of one job in a zip of logs. */
export interface ZippedLog {
  /** The name of the entry. */
  readonly entry: string;
  /** The job's name as the entry has it. */
  readonly name: string;
  readonly open: () => Promise<Readable>;
}

/** The whole log of a job: `0_build (ubuntu).txt`. Old ones have a negative number. */
const JOB_LOG = /^-?\d+_(.+)\.txt$/;
/** The log of the step that sets up the job: `build (ubuntu)/1_Set up job.txt`. */
const SETUP_LOG = /^([^/]+)\/1_[^/]*\.txt$/;

/** No run has so many jobs, and no zip of logs so many files. */
const MOST_LOGS = 20_000;
const MOST_FILES = 1_000_000;

/**
 * Finds the logs of jobs in a zip and hands each to `read` in turn: the whole log of a job where it is there, else that
 * of its first step.
 *
 * @param shown what messages call it.
 * @throws ToolError when the zip cannot be read.
 */
export async function readZipLogs(file: string, shown: string, read: (log: ZippedLog) => Promise<void>): Promise<void> {
  try {
    const zip = await openPromise(file, { autoClose: false });
    try {
      for (const { entry, name } of await jobLogs(zip)) {
        await read({ entry: entry.fileName, name, open: async () => zip.openReadStreamPromise(entry) });
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    const why = withoutEnd(errorMessage(error), '.');
    throw new ToolError(
      `The zip ${shown} could not be read: ${why}. Give the zip of the logs of one run, as GitHub made it.`,
    );
  }
}

interface Found {
  readonly entry: Entry;
  readonly name: string;
}

async function jobLogs(zip: ZipFile): Promise<readonly Found[]> {
  const whole: Found[] = [];
  const setups: Found[] = [];
  let files = 0;
  for await (const entry of zip.eachEntry()) {
    files += 1;
    const ofJob = JOB_LOG.exec(entry.fileName)?.[1];
    const ofSetup = SETUP_LOG.exec(entry.fileName)?.[1];
    if (ofJob !== undefined) whole.push({ entry, name: ofJob });
    else if (ofSetup !== undefined) setups.push({ entry, name: ofSetup });
    if (files > MOST_FILES || whole.length + setups.length > MOST_LOGS) throw new Error('it has too many files');
  }
  const names = new Set(whole.map(({ name }) => name));
  return [...whole, ...setups.filter(({ name }) => !names.has(name))];
}
