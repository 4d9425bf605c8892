import { ruleFacts } from '../policy/rule-table.ts';
import { answerOf, type Answer } from './answer.ts';
import type { Counts, Digest } from './counts.ts';
import type { Issue } from './issues.ts';
import { listed, number, plural } from '../words/in-words.ts';

/** A verdict: what was computed and what not, then what it says. Our own words only. */
export interface Verdict {
  /** The first thing that people want to know. */
  readonly answer: Answer;
  /** Always there: how much was computed, and how much could not be. */
  readonly coverage: string;
  /** Whether all was computed, not all as some could not be read, or something cannot run or nothing was computed. */
  readonly state: 'complete' | 'incomplete' | 'failed';
  /** One sentence each. */
  readonly sentences: readonly string[];
}

/** Takes a digest and returns the verdict that every output for people begins with. */
export function verdictOf({ report, counts, issues }: Digest): Verdict {
  if (report.workflows.length === 0) {
    return {
      answer: answerOf(report, false),
      coverage: 'No workflow files were found in .github/workflows: nothing was computed.',
      state: 'failed',
      sentences: issueSentences(counts, issues, report.suppressed.length),
    };
  }
  const failed = counts.failed.invalid + counts.failed.startup_failure + counts.failed.unresolved;
  const isFailed = counts.failed.invalid + counts.failed.startup_failure > 0 || counts.computedJobs === 0;
  const computed = `${plural(counts.computedWorkflows, 'workflow')}, ${plural(counts.computedJobs, 'job')} computed`;
  return {
    answer: answerOf(report, failed === 0),
    coverage: [`${computed}.`, ...notComputed(counts)].join(' '),
    state: isFailed ? 'failed' : failed > 0 ? 'incomplete' : 'complete',
    sentences: [...jobSentences(counts), ...issueSentences(counts, issues, report.suppressed.length)],
  };
}

/** Which workflows could not be computed, and why. */
function notComputed({ failed: { invalid, startup_failure: failing, unresolved } }: Counts): readonly string[] {
  const reasons = [
    ...(invalid > 0 ? [`${plural(invalid, 'workflow')} that GitHub refuses`] : []),
    ...(failing > 0 ? [`${plural(failing, 'workflow')} that cannot start`] : []),
    ...(unresolved > 0 ? [`${plural(unresolved, 'workflow')} that ${calls(unresolved)} not read`] : []),
  ];
  return reasons.length === 0 ? [] : [`Not computed: ${listed(reasons)}.`];
}

function calls(workflows: number): string {
  return workflows === 1 ? 'calls one that was' : 'call others that were';
}

function jobSentences(counts: Counts): readonly string[] {
  const sentences: string[] = [];
  if (counts.computedJobs > 0) {
    sentences.push(
      counts.writing === 0
        ? nobodyWrites(counts.computedJobs)
        : `${plural(counts.writing, 'job')} can write${condition(counts)}.`,
    );
  }
  if (counts.writingForForks > 0) {
    sentences.push(
      `${plural(counts.writingForForks, 'job')} can write also when a pull request from a fork starts the run.`,
    );
  }
  if (counts.unknownJobs > 0) {
    const verb = counts.unknownJobs === 1 ? 'calls a workflow' : 'call workflows';
    sentences.push(
      `${plural(counts.unknownJobs, 'job')} ${verb} that ${counts.unknownJobs === 1 ? 'was' : 'were'} not read.`,
    );
  }
  if (counts.callersDecide > 0) {
    const verb = counts.callersDecide === 1 ? 'gets' : 'get';
    sentences.push(`${plural(counts.callersDecide, 'job')} ${verb} what the calling workflow gives.`);
  }
  return sentences;
}

function nobodyWrites(jobs: number): string {
  return jobs === 1 ? 'This job cannot write.' : 'None of these jobs can write.';
}

function condition({ writing, writingIfDefault }: Counts): string {
  if (writingIfDefault === 0) return '';
  const share = writingIfDefault === writing ? '' : `, ${number(writingIfDefault)} of them`;
  return `${share} only if the repository's default is write`;
}

function issueSentences(counts: Counts, issues: readonly Issue[], excused: number): readonly string[] {
  const { error, warning, note } = counts.issues;
  const found = [
    ...(error > 0 ? [plural(error, 'error')] : []),
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
    ...(note > 0 ? [plural(note, 'note')] : []),
  ];
  return [
    ...(found.length > 0 ? [`${listed(found)}${byRule(issues)}.`] : []),
    ...(excused > 0 ? [`${plural(excused, 'finding')} ${excused === 1 ? 'is' : 'are'} excused.`] : []),
  ];
}

/** So many say more when it is said which rules they are of. */
const MANY = 5;

/** How many of each rule there are, the most frequent first. */
function byRule(issues: readonly Issue[]): string {
  const counts = new Map<string, number>();
  for (const { rule } of issues) {
    const name = ruleFacts(rule) === undefined ? 'others' : rule;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  if (issues.length < MANY || counts.size < 2) return '';
  const sorted = [...counts].toSorted(([, one], [, other]) => other - one);
  return `: ${sorted.map(([rule, count]) => `${number(count)} ${rule}`).join(', ')}`;
}
