import type { LoggedJob } from '../../src/model/logged-job.ts';
import { logReader } from '../../src/observed/log-reader.ts';

/** What reading a text gave, in pieces of this many characters. */
export function readLog(text: string, piece = 1000, fileName: string | null = null): readonly LoggedJob[] {
  const reader = logReader(fileName);
  for (let at = 0; at < text.length && !reader.isDone(); at += piece) reader.write(text.slice(at, at + piece));
  return reader.end();
}

/** What a log says of a job in short: `Contents: read, Metadata: read`, or why it says nothing. */
export function briefly({ group }: LoggedJob): string {
  if (group.kind !== 'found') return group.kind;
  return [...group.levels].map(([name, level]) => `${name}: ${level}`).join(', ');
}

/** How a log is written down. */
export interface LogForm {
  /** The day of its times; `null` for a log without times. */
  readonly date?: string | null;
  readonly name?: string | null;
  readonly secretSource?: string;
  /** What the first step prints. */
  readonly steps?: readonly string[];
}

/** The lines of a job's log, as the runner writes them. `granted` are the lines of the group. */
export function logLines(granted: readonly string[], form: LogForm = {}): readonly string[] {
  const { date = '2026-10-04', name = 'build', secretSource = 'Actions', steps = ['hello'] } = form;
  const lines = [
    "Current runner version: '2.329.0'",
    '##[group]Operating System',
    'Ubuntu',
    '24.04.4',
    '##[endgroup]',
    '##[group]GITHUB_TOKEN Permissions',
    ...granted,
    '##[endgroup]',
    `Secret source: ${secretSource}`,
    'Prepare workflow directory',
    'Prepare all required actions',
    'Getting action download info',
    ...(name === null ? [] : [`Complete job name: ${name}`]),
    '##[group]Run echo hello',
    'echo hello',
    '##[endgroup]',
    ...steps,
    'Cleaning up orphan processes',
  ];
  return lines.map((line) => (date === null ? line : `${date}T06:48:52.9649673Z ${line}`));
}

/** The same as one text. */
export function logText(granted: readonly string[], form: LogForm = {}): string {
  return logLines(granted, form)
    .map((line) => `${line}\n`)
    .join('');
}
