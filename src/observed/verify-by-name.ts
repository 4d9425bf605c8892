import type { LogOfFile } from '../model/logged-job.ts';
import type { VerifiedLog } from '../model/verification.ts';
import { listedShort } from '../words/in-words.ts';
import { fitOf } from './job-names.ts';
import { notCompared, verifyLog, type Candidate, type VerifyContext } from './verify-log.ts';

/** What comparing logs gave. */
export interface VerifiedLogs {
  readonly verified: readonly VerifiedLog[];
  /** Names of jobs in the logs that no job has. */
  readonly unmatched: readonly string[];
}

/** Compares each log with the job whose name it has. */
export function verifyByName(
  candidates: readonly Candidate[],
  logs: readonly LogOfFile[],
  context: VerifyContext,
): VerifiedLogs {
  const verified: VerifiedLog[] = [];
  const unmatched: string[] = [];
  for (const log of logs) {
    const { name, isFileName } = log.job;
    const { best, others } = name === null ? { best: candidates, others: [] } : matchJob(candidates, name, isFileName);
    const [only] = best;
    if (only === undefined) unmatched.push(name ?? '');
    else if (best.length === 1) verified.push(verifyBest(log, only, others, context));
    else if (name === null) verified.push(notCompared(log, null, NO_NAME));
    else verified.push(ambiguous(log, best));
  }
  return { verified, unmatched };
}

const NO_NAME = 'The log does not tell the name of its job. Say which job it is of with --job.';

/** Compares logs with one job. Of several those count that can be of it; a single one does whatever its name. */
export function verifyOneJob(candidate: Candidate, logs: readonly LogOfFile[], context: VerifyContext): VerifiedLogs {
  const own =
    logs.length === 1
      ? logs
      : logs.filter(({ job }) => job.name !== null && fitOf(candidate.names, job.name, job.isFileName) !== null);
  return {
    verified: own.map((log) => verifyLog(log, candidate, context)),
    unmatched: own.length > 0 ? [] : logs.flatMap(({ job }) => job.name ?? []),
  };
}

/** The jobs whose name a log can have: those that fit best, and the others that fit. */
export function matchJob<Named extends Pick<Candidate, 'names'>>(
  candidates: readonly Named[],
  name: string,
  isFileName: boolean,
): { readonly best: readonly Named[]; readonly others: readonly Named[] } {
  const fits = candidates.map(({ names }) => fitOf(names, name, isFileName));
  const least = Math.min(...fits.map((fit) => fit ?? Infinity));
  return {
    best: candidates.filter((_, index) => fits[index] === least),
    others: candidates.filter((_, index) => (fits[index] ?? -1) > least),
  };
}

/** A log that differs from the job that it fits best, and agrees with another that it fits, may well be of that one. */
function verifyBest(
  log: LogOfFile,
  best: Candidate,
  others: readonly Candidate[],
  context: VerifyContext,
): VerifiedLog {
  const found = verifyLog(log, best, context);
  if (found.result !== 'differs') return found;
  const agreeing = others.filter((other) => verifyLog(log, other, context).result === 'agrees');
  return agreeing.length === 0 ? found : ambiguous(log, [best, ...agreeing]);
}

function ambiguous(log: LogOfFile, candidates: readonly Candidate[]): VerifiedLog {
  const names = listedShort(
    candidates.map(({ path }) => path.join('/')),
    5,
  );
  return notCompared(log, null, `The name of the job in the log can be that of ${names}. Say which one with --job.`);
}
