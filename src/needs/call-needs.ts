import type { JobInChain } from '../calls/call-tree.ts';
import { inherits } from '../calls/call-tree.ts';
import { contractOf } from '../calls/contract.ts';
import type { JobNeeds, StepNeed, StepUse, Uncertainty } from '../model/needs.ts';
import type { Location } from '../model/position.ts';
import type { Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { composed } from './job-needs.ts';
import { allUses, NO_USE } from './uses.ts';

/**
 * What a calling job needs: what the called workflow asks of it, and what the called jobs need that have no block above
 * them but the caller's. `needsOf` gives what was worked out for those.
 */
export function callNeeds(
  calling: JobInChain,
  granted: Permissions | null,
  platform: Platform,
  needsOf: (job: JobInChain) => JobNeeds | null,
): JobNeeds | null {
  const { call, job } = calling;
  if (call === null || job.uses === null) return null;
  const place: Location = { path: calling.file.path, ...job.uses.position };
  const by = job.uses.reference;
  if (call.callee.kind !== 'found') {
    return composed(unread(place, by, 'the called workflow was not read'), [], granted);
  }
  const contract = contractOf(call.callee.file, call.jobs, platform);
  if (contract === null) return null;
  const asked = Object.entries(contract.permissions).flatMap(([permission, level]): StepNeed[] =>
    level === 'none' ? [] : [{ ...place, by, permission, level, because: 'the called workflow asks for it' }],
  );
  const more = contract.complete ? NO_USE : unread(place, by, 'a workflow that it calls was not read');
  const passed = call.jobs.filter(inherits).map((called): StepUse => {
    const needs = needsOf(called);
    return needs === null
      ? unread(place, by, `what its job '${called.job.id}' needs is not known`)
      : passedOn(needs, place, by, called);
  });
  return composed(allUses([{ ...NO_USE, needs: asked }, more, ...passed]), [], granted);
}

/** The need of a called job, told at the call. */
function passedOn({ needs, uncertain }: StepUse, place: Location, by: string, { job }: JobInChain): StepUse {
  const told = `its job '${job.id}' has no block of its own and uses it`;
  return {
    needs: needs.map((need) => ({ ...need, ...place, by, because: told })),
    uncertain: uncertain.map((one) => ({ ...one, ...place, by, because: `in its job '${job.id}': ${one.because}` })),
    impossible: [],
  };
}

function unread(place: Location, by: string, because: string): StepUse {
  const uncertain: Uncertainty = { ...place, by, permissions: 'all', because };
  return { ...NO_USE, uncertain: [uncertain] };
}
