import type { FoundSubject } from '../model/report.ts';
import type { Subject } from './rule.ts';

/** What a baseline remembers of a subject: who may do what, and never where that stands. */
export interface Identity {
  readonly rule: string;
  readonly workflow: string;
  /** The path of job ids joined with `/`; not given when it is about the file. */
  readonly job?: string;
  readonly permission?: string;
  readonly granted?: string;
  readonly about?: string;
}

/** The identity of a subject of a rule. */
export function identityOf(rule: string, { workflow, job, permission, granted, about }: Subject): Identity {
  return {
    rule,
    workflow,
    ...(job === null ? {} : { job: job.join('/') }),
    ...(permission === undefined ? {} : { permission }),
    ...(granted === undefined ? {} : { granted }),
    ...(about === undefined ? {} : { about }),
  };
}

/** The identity of a subject as the report has it. */
export function foundIdentity(rule: string, { workflow, job, permission, granted, about }: FoundSubject): Identity {
  return {
    rule,
    workflow,
    ...(job === undefined ? {} : { job: job.join('/') }),
    ...(permission === undefined ? {} : { permission }),
    ...(granted === undefined ? {} : { granted }),
    ...(about === undefined ? {} : { about }),
  };
}

/** The same for equal identities. */
export function identityKey({ rule, workflow, job, permission, granted, about }: Identity): string {
  return JSON.stringify([rule, workflow, job, permission, granted, about]);
}
