import type { Policy } from '../model/policy.ts';
import type { PolicyNotice } from '../model/report.ts';

/** So many days before its end an exception says that it ends. */
const DAYS = 14;
const DAY = 86_400_000;

/** Tells of exceptions that still excuse today and end soon. `today` is YYYY-MM-DD in UTC. */
export function endingExceptions(policy: Policy, today: string): readonly PolicyNotice[] {
  const start = Date.parse(today);
  if (Number.isNaN(start)) return [];
  return policy
    .flatMap(({ exceptions }) => exceptions)
    .flatMap(({ rule, expires, path, line, column }) => {
      const days = expires === null ? Number.NaN : Math.round((Date.parse(expires) - start) / DAY);
      if (!(days >= 0 && days <= DAYS)) return [];
      const when = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
      const message = `The exception from '${rule}' excuses until ${expires ?? ''}, which is ${when}.`;
      return [{ message, path, line, column }];
    });
}
