import type { Permissions } from '../model/permission.ts';

/** What a state of the repository has for a job in one kind of run. */
export type Status =
  /** There is no such job. */
  | { readonly kind: 'no-job' }
  /** The event does not start the workflow. */
  | { readonly kind: 'no-event' }
  /** GitHub refuses the run. */
  | { readonly kind: 'failing' }
  /** The job certainly does not run. */
  | { readonly kind: 'not-run' }
  /** The file is called, and its callers decide, whom nobody knows. */
  | { readonly kind: 'by-caller' }
  | Running;

/** A job that gets a token: this one, or at most this one. */
export interface Running {
  readonly kind: 'granted' | 'upper-bound';
  /** `metadata` left out: every token has it. */
  readonly permissions: Permissions;
  /** Somebody without write access can start such a run. */
  readonly byOutsiders: boolean;
}

export const NO_JOB: Status = { kind: 'no-job' };
export const NO_EVENT: Status = { kind: 'no-event' };
export const FAILING: Status = { kind: 'failing' };
export const NOT_RUN: Status = { kind: 'not-run' };
export const BY_CALLER: Status = { kind: 'by-caller' };

export function isRunning(status: Status): status is Running {
  return status.kind === 'granted' || status.kind === 'upper-bound';
}
