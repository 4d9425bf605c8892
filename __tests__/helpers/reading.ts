import type { Problem } from '../../src/model/problem.ts';
import { readWorkflow } from '../../src/workflow/read-workflow.ts';

/** The jobs of a workflow that is fine but for what a test is about. */
export const JOBS = 'jobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n';

/** Which sentence stands where, as GitHub prints it: `2:14 Unexpected value 'none'`. */
export function sentences(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

/** What GitHub says about a text. */
export function problemsOf(text: string): readonly string[] {
  return sentences(readWorkflow(text).problems);
}

/** What GitHub says about a workflow whose one job has these lines, indented by four spaces, beside its `runs-on`. */
export function problemsOfJob(lines: string): readonly string[] {
  return problemsOf(`on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n${indented(lines, 4)}`);
}

/** The same for the lines of a step, indented by eight spaces; the first of them is line 6. */
export function problemsOfStep(lines: string): readonly string[] {
  return problemsOfJob(`steps:\n  - ${indented(lines, 4).trimStart()}`);
}

export function indented(lines: string, spaces: number): string {
  return lines.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));
}
