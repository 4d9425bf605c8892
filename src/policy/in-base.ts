import type { FindingLevel, FoundSubject } from '../model/report.ts';
import { identityKey, identityOf } from './identity.ts';
import type { Found, InBase } from './judge.ts';
import { stricter } from './levels.ts';

/**
 * Makes the function that says whether the base has what the head has. `inHead` says how the head names a workflow and a
 * job of the base, which may have moved. What became worse since is new.
 */
export function inBase(
  found: readonly Found[],
  inHead: (named: Pick<FoundSubject, 'workflow' | 'job'>) => Pick<FoundSubject, 'workflow' | 'job'>,
): InBase {
  const levels = new Map<string, FindingLevel>();
  for (const { rule, level, subject } of found) {
    const { workflow, job } = subject;
    const named = inHead(job === null ? { workflow } : { workflow, job });
    const key = identityKey(identityOf(rule, { ...subject, ...named }));
    levels.set(key, stricter(level, levels.get(key) ?? level));
  }
  return (rule, level, subject) => {
    const before = levels.get(identityKey(identityOf(rule, subject)));
    return before !== undefined && stricter(before, level) === before;
  };
}
