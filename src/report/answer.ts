import type { Finding, FindingLevel, Report } from '../model/report.ts';
import { countingFindings, verdict } from '../policy/verdict.ts';
import { listed, plural } from '../words/in-words.ts';

/** What whoever reads a report wants to know first: may this be merged, or did it pass? Our own words only. */
export interface Answer {
  /** `doubtful`: nothing speaks against it, but not all was computed. */
  readonly kind: 'yes' | 'doubtful' | 'no';
  /** Without a full stop. */
  readonly text: string;
}

/** Takes a report, and whether all of it was computed, and returns the answer: it agrees with the result. */
export function answerOf(report: Report, isComplete: boolean): Answer {
  const { beforeMerge } = report.gate;
  if (report.result !== 'pass') return { kind: 'no', text: whyNot(report) };
  const yes = beforeMerge ? 'Nothing found here keeps this from being merged' : 'Passed';
  const doubt = report.workflows.length === 0 ? 'nothing was computed' : 'not all could be computed';
  return isComplete
    ? { kind: 'yes', text: yes + remark(report) }
    : { kind: 'doubtful', text: `${yes}, but ${doubt}${remark(report)}` };
}

function whyNot({ findings, gate }: Report): string {
  const failing = countingFindings(findings, gate.report).filter(
    (finding) => verdict([finding], gate.failOn) === 'fail',
  );
  const counts = countsInWords(failing, gate.report === 'new' ? 'new ' : '');
  if (!gate.beforeMerge) return `Failed: ${counts}`;
  return `${counts} ${failing.length === 1 ? 'keeps' : 'keep'} this from being merged`;
}

/** Why something that looks as if it should fail does not. */
function remark({ findings, gate }: Report): string {
  if (gate.failOn === 'never') return findings.length === 0 ? '' : '. Findings never fail this check';
  if (gate.report === 'all' || verdict(findings, gate.failOn) === 'pass') return '';
  return '. What was there before does not count';
}

const LEVELS: readonly FindingLevel[] = ['error', 'warning', 'note'];

function countsInWords(findings: readonly Finding[], kind: string): string {
  return listed(
    LEVELS.flatMap((level) => {
      const count = findings.filter((finding) => finding.level === level).length;
      return count === 0 ? [] : [plural(count, kind + level)];
    }),
  );
}
