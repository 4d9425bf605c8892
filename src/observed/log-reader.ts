import type { LoggedJob } from '../model/logged-job.ts';
import { lineSplitter } from './lines.ts';
import { setupReader, type SetupReader } from './setup-reader.ts';

/** Reads a log that comes in pieces. */
export interface LogReader {
  readonly write: (text: string) => void;
  /** No piece that follows can tell more. */
  readonly isDone: () => boolean;
  /** What the log told, one for each job in it, in their order. */
  readonly end: () => readonly LoggedJob[];
}

/** No run has so many jobs. What a log says beyond them is not read. */
const MOST_JOBS = 20_000;

/** As `gh run view --log` writes it: job, step, and the line with its time. */
const FROM_GH = /^\ufeff?([^\t]*)\t([^\t]*)\t(?:\ufeff)?\d{4}-\d\d-\d\dT/;

/** A job of a log that has several. */
interface JobLog {
  readonly setup: SetupReader;
  /** The step of its first line: the one in which the runner sets up the job. */
  readonly step: string;
}

/**
 * Reads the log of one job, or what `gh run view --log` writes for all jobs of a run, whatever is first: a step can
 * print a line that looks like another form, which then counts for nothing.
 *
 * @param fileName the job's name as the file in a zip of logs has it; `null` for any other log.
 */
export function logReader(fileName: string | null = null): LogReader {
  const single = setupReader();
  const jobs = new Map<string, JobLog>();
  let isFromGh: boolean | null = null;

  function readFromGh(line: string): void {
    const afterJob = line.indexOf('\t');
    const afterStep = line.indexOf('\t', afterJob + 1);
    if (afterStep === -1) return;
    const name = line.slice(line.startsWith('\ufeff') ? 1 : 0, afterJob);
    const step = line.slice(afterJob + 1, afterStep);
    let job = jobs.get(name);
    if (job === undefined) {
      if (jobs.size >= MOST_JOBS) return;
      job = { setup: setupReader(), step };
      jobs.set(name, job);
    }
    if (job.step === step) job.setup.read(line.slice(afterStep + 1));
  }

  const splitter = lineSplitter((line) => {
    if (isFromGh === null && line.trim() === '') return;
    isFromGh ??= FROM_GH.test(line);
    if (isFromGh) readFromGh(line);
    else single.read(line);
  });

  return {
    write: splitter.write,
    isDone: () => isFromGh === false && single.isDone(),
    end: () => {
      splitter.end();
      if (isFromGh === true) {
        return [...jobs].map(([shown, { setup }]) => ({ ...setup.end(), name: shown, isFileName: false }));
      }
      const { name, ...told } = single.end();
      return [{ ...told, name: name ?? fileName, isFileName: name === null && fileName !== null }];
    },
  };
}
