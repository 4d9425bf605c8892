import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import path from 'node:path';

import type { LoggedJob } from '../../model/logged-job.ts';
import { readRunnerLog, type JobOfRun } from '../../observed/runner-log.ts';

/** The message that the job came with stands at the beginning, and holds the event. */
const MOST_OF_A_LOG = 16 * 1_048_576;

/** The last job is the newest log, unless somebody touched them. */
const MOST_LOGS = 3;

const NOT_FOUND =
  "The runner's diagnostic log of this job was not found, so no other permission is compared. In a container there is none.";

/**
 * Where runners of GitHub keep their diagnostic logs: beside the work folder on machines of one's own, and in the folder of
 * their version on those of GitHub.
 *
 * @param temporary as `RUNNER_TEMP` has it, `_temp` in the work folder.
 */
function diagnosticFolders(temporary: string): readonly string[] {
  const root = path.dirname(path.dirname(temporary));
  const versions = [path.join(root, 'actions-runner', 'cached'), path.join(root, 'runners')];
  if (process.platform === 'win32') versions.push('C:\\actions-runner\\cached', 'C:\\runners');
  return [root, path.join(root, 'actions-runner'), ...versions.flatMap(foldersIn)].map((one) =>
    path.join(one, '_diag'),
  );
}

function foldersIn(folder: string): readonly string[] {
  return namesIn(folder).map((name) => path.join(folder, name));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What the runner's diagnostic log says this job was granted, or why there is nothing of it, in a sentence. */
export function runnerLog(temporary: string | undefined, wanted: JobOfRun, date: string): LoggedJob | string {
  if (!temporary) return NOT_FOUND;
  const logs = diagnosticFolders(temporary)
    .flatMap(foldersIn)
    .filter((file) => /^Worker_.*\.log$/.test(path.basename(file)))
    // Their names hold the time.
    .sort((a, b) => (path.basename(a) < path.basename(b) ? 1 : -1));
  for (const file of logs.slice(0, MOST_LOGS)) {
    const text = beginningOf(file);
    const found = text === null ? null : readRunnerLog(text, wanted, date);
    if (found !== null) return found;
  }
  return NOT_FOUND;
}

function beginningOf(file: string): string | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(file, 'r');
    const scratch = Buffer.alloc(MOST_OF_A_LOG);
    let length = 0;
    for (;;) {
      const count = readSync(descriptor, scratch, length, scratch.length - length, null);
      length += count;
      if (count === 0 || length === scratch.length) return scratch.toString('utf8', 0, length);
    }
  } catch {
    return null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}
