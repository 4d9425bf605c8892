import type { Grant } from '../model/grant.ts';

/** Takes rows and a doubt about the runs that they stand for, and returns them with it. What does not run has no token to doubt. */
export function withDoubt(grants: readonly Grant[], doubt: string): readonly Grant[] {
  return grants.map((grant) =>
    grant.status === 'not-run' || isOnlyCalled(grant)
      ? grant
      : { ...grant, confidence: 'medium', doubts: [...(grant.doubts ?? []), doubt] },
  );
}

/** Whoever calls the file decides what it may ask for, not the default of this repository. */
function isOnlyCalled({ events }: Grant): boolean {
  return events.every((event) => event === 'workflow_call');
}
