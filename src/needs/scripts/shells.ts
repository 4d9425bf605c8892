import type { Job, RunDefaults, Step } from '../../model/workflow.ts';

const WINDOWS = /windows|win-|win32/i;

/**
 * The shells that may run the script of a step: its own or the default one. Without either it is `bash`, and `pwsh` on
 * Windows; a matrix may have both.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
 */
export function shellsOf({ shell }: Step, job: Job, defaults: RunDefaults): readonly string[] {
  const written = shell ?? job.defaults?.shell ?? defaults.shell;
  if (written !== undefined && !written.includes('${{')) return [written];
  const onWindows = job.runsOn.filter((label) => WINDOWS.test(label)).length;
  if (onWindows === 0) return ['bash'];
  return onWindows === job.runsOn.length || job.runsOn.includes('self-hosted') ? ['pwsh'] : ['bash', 'pwsh'];
}

/** The folder in which a script runs, from the workspace; `null` where that cannot be told. */
export function workingDirectoryOf({ workingDirectory }: Step, job: Job, defaults: RunDefaults): string | null {
  const written = workingDirectory ?? job.defaults?.workingDirectory ?? defaults.workingDirectory ?? '.';
  return written.includes('${{') ? null : written;
}
