import type { ForkPullRequests, Visibility } from '../model/settings.ts';

/** The two settings that decide what a pull request from a fork gets, as far as they are known. */
export interface ForkSettings {
  readonly visibility: Visibility | 'unknown';
  readonly forkPullRequests: ForkPullRequests | 'unknown';
}

/** One value of these settings. In a public repository `forkPullRequests` has no meaning. */
export interface ForkCase {
  readonly visibility: 'public' | 'private';
  readonly forkPullRequests: ForkPullRequests | null;
}

/**
 * Takes what is known and returns every value that the two settings may have. The first one stands for all: a fork gets
 * no more than a read token. Where it gets none, or the token of everybody, is said once for the whole report.
 */
export function forkCases(settings: ForkSettings): readonly [ForkCase, ...ForkCase[]] {
  const { visibility, forkPullRequests } = settings;
  const open: ForkCase = { visibility: 'public', forkPullRequests: null };
  if (visibility === 'public') return [open];
  const closed = (value: ForkPullRequests): ForkCase => ({ visibility: 'private', forkPullRequests: value });
  const elsewhere: readonly [ForkCase, ...ForkCase[]] =
    forkPullRequests === 'unknown' ? [closed('read'), closed('off'), closed('write')] : [closed(forkPullRequests)];
  return visibility === 'unknown' ? [open, ...elsewhere] : elsewhere;
}

/** Takes a case and returns it in words that follow what a fork gets in it. */
export function forkCaseInWords({ forkPullRequests }: ForkCase): string {
  return {
    public: 'in a public repository',
    off: 'in a private repository that starts no run for forks',
    read: 'in a private repository that gives forks read only',
    write: 'in a private repository that gives forks write',
  }[forkPullRequests ?? 'public'];
}
