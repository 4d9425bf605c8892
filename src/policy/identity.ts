import type { FoundSubject, Identity } from '../model/report.ts';
import { given } from './given.ts';
import type { Subject } from './rule.ts';

/** The identity of a subject of a rule, as the rule names it or as the report has it. */
export function identityOf(
  rule: string,
  { workflow, job, permission, granted, about }: Subject | FoundSubject,
): Identity {
  return { rule, workflow, ...given({ job: job?.join('/'), permission, granted, about }) };
}

/** The same for equal identities. */
export function identityKey({ rule, workflow, job, permission, granted, about }: Identity): string {
  return JSON.stringify([rule, workflow, job, permission, granted, about]);
}
