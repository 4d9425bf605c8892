import type { FindingLevel, Report } from '../model/report.ts';
import { ruleFacts, rulePage } from '../policy/rule-table.ts';
import { issuesOf, type Issue } from './issues.ts';
import { capital, number } from '../words/in-words.ts';

/** A message that GitHub shows on a line of a file, and in the list of a run's annotations. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title: string;
  /** From the repository's root. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

const LEVELS: Readonly<Record<FindingLevel, Annotation['level']>> = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * GitHub shows ten annotations of each level for a step and drops the others without a word. `core.setFailed` makes
 * one error itself.
 */
const LIMITS: Readonly<Record<FindingLevel, number>> = { error: 9, warning: 10, note: 10 };

/**
 * Takes a report and returns its annotations, errors first, no more of a level than GitHub shows. Where some are left
 * out, the last one of the level says how many. What does not count is not among them.
 */
export function annotations(report: Report): readonly Annotation[] {
  const counting = report.gate.report;
  const issues = issuesOf(report).filter(({ existing }) => counting === 'all' || existing !== true);
  const home = report.tool.home === undefined ? '' : `${report.tool.home}/`;
  const annotationOf = (issue: Issue): Annotation => annotationFor(issue, home);
  return (['error', 'warning', 'note'] as const).flatMap((level) => {
    const own = issues.filter((issue) => issue.level === level);
    const [limit, last] = [LIMITS[level], own[LIMITS[level] - 1]];
    if (own.length <= limit || last === undefined) return own.map(annotationOf);
    const shown = own.slice(0, limit - 1);
    return [...shown.map(annotationOf), { ...annotationOf(last), ...remainder(level, own.length - shown.length) }];
  });
}

function annotationFor({ level, rule, message, hint, path, line, column }: Issue, home: string): Annotation {
  const page = ruleFacts(rule) === undefined ? [] : [`See ${home}${rulePage(rule)}`];
  return {
    level: LEVELS[level],
    title: capital(rule.replaceAll(/[-_]/g, ' ')),
    message: [message, ...(hint === null ? [] : [hint]), ...page].join('\n'),
    path,
    line,
    column,
  };
}

function remainder(level: FindingLevel, count: number): Pick<Annotation, 'title' | 'message'> {
  return { title: `More ${level}s`, message: `and ${number(count)} more ${level}s: see the job summary` };
}
