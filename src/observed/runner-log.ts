import type { LoggedGroup, LoggedJob } from '../model/logged-job.ts';
import type { AccessLevel } from '../model/permission.ts';

/** Which job a diagnostic log must be of. */
export interface JobOfRun {
  readonly run: string;
  readonly attempt: string;
  /** The job's id in its file. */
  readonly job: string;
}

const BEGIN = /\] Job message:\s*$/;
const LEVELS: ReadonlySet<unknown> = new Set<AccessLevel>(['none', 'read', 'write']);
const NAME = /^[A-Z][A-Za-z0-9]{0,49}$/;

/**
 * Takes the beginning of a runner's diagnostic log and returns what it says the job was granted, and nothing else of it;
 * `null` when it is not of that job. The log holds the message that the job came with, as JSON over several lines. No
 * line within a JSON text is a brace alone but its last.
 *
 * @see https://github.com/actions/runner/blob/main/src/Runner.Worker/Worker.cs
 */
export function readRunnerLog(text: string, wanted: JobOfRun, date: string): LoggedJob | null {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line) => BEGIN.test(line));
  const end = lines.indexOf('}', begin);
  if (begin < 0 || end < 0) return null;
  const message = objectIn(lines.slice(begin + 1, end + 1).join('\n'));
  const variables = asObject(message?.variables);
  const { run_id: run, run_attempt: attempt } = gitHubContext(message);
  const job = valueOf(variables, 'system.github.job');
  if (run !== wanted.run || attempt !== wanted.attempt || job !== wanted.job) return null;
  const name = message?.jobDisplayName;
  return {
    name: typeof name === 'string' && name !== '' && !name.includes('***') ? name : null,
    isFileName: false,
    date,
    group: groupOf(valueOf(variables, 'system.github.token.permissions')),
    secretSource: null,
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // What the runner masked can break it.
    return null;
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}

function valueOf(variables: Readonly<Record<string, unknown>> | null, name: string): unknown {
  return asObject(variables?.[name])?.value;
}

/** The runner writes a context as a list of pairs. */
function gitHubContext(message: Readonly<Record<string, unknown>> | null): Readonly<Record<string, unknown>> {
  const pairs = asObject(asObject(message?.contextData)?.github)?.d;
  if (!Array.isArray(pairs)) return {};
  return Object.fromEntries(
    pairs.map((pair: unknown) => {
      const { k, v } = asObject(pair) ?? {};
      return [String(k), v];
    }),
  );
}

function groupOf(text: unknown): LoggedGroup {
  if (typeof text !== 'string' || text === '') return { kind: 'none' };
  const entries = Object.entries(objectIn(text) ?? { '': null });
  if (entries.length === 0) return { kind: 'empty' };
  const isReadable = entries.every(([name, level]) => NAME.test(name) && LEVELS.has(level));
  const levels = new Map(entries as [string, AccessLevel][]);
  return isReadable && levels.has('Metadata') ? { kind: 'found', levels } : { kind: 'unreadable' };
}
