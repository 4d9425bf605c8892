import type { Exception, Policy } from '../model/policy.ts';
import type { Location } from '../model/position.ts';
import type { ExcusedBy, Identity } from '../model/report.ts';
import { identityKey, identityOf } from './identity.ts';
import { isAbout, isExplained } from './ignores.ts';
import type { Ignore } from './ignores.ts';
import { matchesJob } from './job-matcher.ts';
import type { Subject } from './rule.ts';

/** What may excuse findings. */
export interface Excuses {
  readonly policy: Policy;
  readonly ignores: readonly Ignore[];
  /** The findings that a baseline accepts. */
  readonly baseline: readonly Identity[];
  /**
   * By `identityKey`: what the ignore comments of the base excuse there. `null` without a base: then every comment
   * counts.
   */
  readonly ignoredInBase: ReadonlySet<string> | null;
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
}

/** Why a subject of a violation is excused. */
export interface Excuse {
  readonly by: ExcusedBy;
  readonly reason: string;
  /** The file of the policy that says so, by its index; what the repository itself says is said with its own file, 0. */
  readonly from: number;
}

/** What excuses a subject, and what would if it were not for a date or for where it stands. */
export interface Verdict {
  /** The weightiest first: whether one counts is for the levels to say. */
  readonly excuses: readonly Excuse[];
  /** In whole sentences. */
  readonly remarks: readonly string[];
}

/** Says what excuses a subject of a rule, and keeps count of what was used. */
export interface Excuser {
  readonly excuse: (rule: string, subject: Subject, place: Location) => Verdict;
  readonly usedExceptions: ReadonlySet<Exception>;
  readonly usedIgnores: ReadonlySet<Ignore>;
  /** By `identityKey`. */
  readonly usedBaseline: ReadonlySet<string>;
  /** By `identityKey`: what ignore comments excuse. */
  readonly ignored: ReadonlySet<string>;
}

/** Makes an excuser: exceptions of policies that are extended come first, then our own, ignore comments, the baseline. */
export function excuser({ policy, ignores, baseline, ignoredInBase, today }: Excuses): Excuser {
  const accepted = new Set(baseline.map(identityKey));
  const usedExceptions = new Set<Exception>();
  const usedIgnores = new Set<Ignore>();
  const usedBaseline = new Set<string>();
  const ignored = new Set<string>();
  const explained = ignores.filter(isExplained);

  function byException(rule: string, subject: Subject, from: number, remarks: string[]): Excuse | null {
    const matching = (policy[from]?.exceptions ?? []).filter((one) => excepts(one, rule, subject));
    for (const one of matching) usedExceptions.add(one);
    const valid = matching.find(({ expires }) => expires === null || expires >= today);
    if (valid !== undefined) return { by: 'exception', reason: valid.reason, from };
    for (const { path, line, expires } of matching) {
      remarks.push(`The exception at ${path}:${line} ended on ${expires ?? ''}.`);
    }
    return null;
  }

  function excuse(rule: string, subject: Subject, place: Location): Verdict {
    const remarks: string[] = [];
    const exceptions = [...policy.keys()].reverse().flatMap((from) => byException(rule, subject, from, remarks) ?? []);
    const key = identityKey(identityOf(rule, subject));
    const ignore = explained.filter((one) => isAbout(one, rule, [place, ...subject.places]));
    for (const one of ignore) usedIgnores.add(one);
    const [comment] = ignore;
    if (comment !== undefined) ignored.add(key);
    const isBaseline = accepted.has(key);
    if (isBaseline) usedBaseline.add(key);
    const isIgnored = comment !== undefined && (ignoredInBase === null || ignoredInBase.has(key));
    if (comment !== undefined && !isIgnored) {
      remarks.push(
        `The ignore comment at ${comment.path}:${comment.comment.line} counts once it is in the base branch.`,
      );
    }
    const own: readonly Excuse[] = [
      ...(isIgnored ? [{ by: 'ignore', reason: comment.comment.reason, from: 0 } as const] : []),
      ...(isBaseline ? [{ by: 'baseline', reason: 'It is in the baseline.', from: 0 } as const] : []),
    ];
    return { excuses: [...exceptions, ...own], remarks };
  }

  return { excuse, usedExceptions, usedIgnores, usedBaseline, ignored };
}

function excepts(exception: Exception, rule: string, subject: Subject): boolean {
  return (
    exception.rule === rule &&
    matchesJob(exception, subject) &&
    (exception.permissions === null ||
      (subject.permission !== undefined && exception.permissions.includes(subject.permission)))
  );
}
