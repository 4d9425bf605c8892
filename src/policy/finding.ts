import type { Finding, FindingLevel, FoundSubject } from '../model/report.ts';
import { guessWords } from './guess-words.ts';
import type { RuleName } from './rule-table.ts';
import type { Subject, Violation } from './rule.ts';
import { given } from './given.ts';

/** A violation of a rule at the level that the policy gives it, about those of its subjects that share one fate. */
export interface Weighed {
  readonly rule: RuleName;
  readonly level: FindingLevel;
  readonly violation: Violation;
  readonly subjects: readonly [Subject, ...Subject[]];
}

/** One finding for violations of one rule, cause, level and guess. `excused` are subjects of that cause that do not count. */
export function findingOf(same: readonly [Weighed, ...Weighed[]], excused: readonly Subject[] = []): Finding {
  const [{ rule, level, violation }] = same;
  const { place, cause, guess, tell, fields } = violation;
  const subjects = same.flatMap((one) => one.subjects);
  const { message, hint, advice } = tell(subjects, excused);
  const condition = guess === undefined ? '' : guessWords(guess);
  const jobs = distinct(subjects.flatMap(({ job }) => (job === null ? [] : [job])));
  const permissions = distinct(
    subjects.flatMap(({ permission, granted, allowed }) =>
      permission === undefined ? [] : [{ permission, ...given({ granted, allowed }) }],
    ),
  );
  const { upperBound: _, ...settings } = guess ?? {};
  return {
    id: idOf(rule, cause, subjects),
    rule,
    level,
    message: `${message}${condition}`,
    ...(hint === undefined ? {} : { hint }),
    ...place,
    ...(jobs[0] === undefined ? {} : { job: jobs[0], jobs }),
    ...(permissions[0] === undefined ? {} : { ...permissions[0], permissions }),
    subjects: distinct(subjects.map(foundSubject)),
    ...settings,
    ...fields,
    ...(advice === undefined ? {} : { advice }),
  };
}

/** The same when lines move: rule, workflows, jobs, permissions, levels, and what else is wrong. */
function idOf(rule: string, cause: string, subjects: readonly Subject[]): string {
  const names = subjects.map(({ workflow, job, permission, granted, allowed }) =>
    [workflow, job?.join('/'), permission, granted, allowed].filter((word) => word !== undefined).join(' '),
  );
  return [rule, cause, [...new Set(names)].sort().join()].join(':');
}

function foundSubject({ workflow, job, definedIn, permission, granted, allowed, about }: Subject): FoundSubject {
  return {
    workflow,
    ...(job === null ? {} : { job }),
    ...(definedIn === workflow ? {} : { definedIn }),
    ...given({ permission, granted, allowed, about }),
  };
}

function distinct<Item>(items: readonly Item[]): readonly Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
