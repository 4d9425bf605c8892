import type { Grant } from '../model/grant.ts';
import type { ReportedJob } from '../model/report.ts';
import { levelIn, namesIn } from './same-permissions.ts';

/**
 * Whether a job gets the same in every run, whichever block, or setting, gives it. What it calls is a job of its own. Where
 * a setting gives it Dependabot can only read, and a block gives it all that it says: that is never less.
 */
export function sameGrants(a: ReportedJob, b: ReportedJob): boolean {
  if (a.grants.length === 0 && b.grants.length === 0) return a.uses !== null;
  const [one, other] = [a, b].map(({ grants }) => JSON.stringify(grants.filter(isOfPeople).map(keyOf).sort()));
  return one === other;
}

function isOfPeople({ actor }: Grant): boolean {
  return actor !== 'dependabot';
}

/** How sure it is, and from where it comes, does not matter to the job. */
function keyOf({ confidence: _confidence, doubts: _doubts, origins: _origins, permissions, ...runs }: Grant): string {
  const given = namesIn(permissions).map((name) => [name, levelIn(permissions, name)]);
  return JSON.stringify([Object.entries(runs).sort(), given]);
}
