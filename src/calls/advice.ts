import type { Permissions } from '../model/permission.ts';
import type { Location } from '../model/position.ts';
import type { Advice } from '../model/report.ts';
import type { DefaultPermissions, Platform } from '../model/settings.ts';
import { higher } from '../permissions/access-level.ts';
import { askedPermissions, declaredPermissions, defaultPermissions } from '../permissions/declared.ts';
import type { JobInChain } from './call-tree.ts';
import { writable } from './contract.ts';
import { excessOf } from './violations.ts';
import type { Excess, Violation } from './violations.ts';

/** Where the block stands that asks for too much. */
export function askedAt({ calling, nested, block }: Violation): Location {
  const callee = calling.call?.callee;
  const called = callee?.kind === 'found' ? callee.file.path : calling.file.path;
  return { path: nested?.file.path ?? called, ...block.position };
}

/**
 * Ways to mend a call that asks for too much: what to write in the callers, so that everything they have now stays, and
 * what to change in the called workflow instead.
 */
export function adviceFor(violation: Violation, platform: Platform): readonly Advice[] {
  return [...inTheCallers(violation, platform), ...inTheCalled(violation)];
}

/** From the failing call upwards: a block that grows must itself be allowed by the call above it. */
function inTheCallers(
  { calling, excess, defaultPermissions: setting }: Violation,
  platform: Platform,
): readonly Advice[] {
  const needed = writable(Object.fromEntries(excess.map((one) => [one.permission, one.requested])), platform);
  const advice: Advice[] = [];
  for (let job: JobInChain | null = whereItIsWritten(calling); job !== null; job = above(job)) {
    const { job: written, file } = job;
    if (excessOf(needed, checkedAgainst(job, setting, platform), platform).length === 0) break;
    const whose = file.place.kind === 'checkout' ? '' : ' That file belongs to another repository or ref.';
    const middle = advice.length === 0 && job.caller !== null ? ' It is broken whatever its callers grant.' : '';
    advice.push({
      text: `Write this block at the job '${written.id}', which calls '${written.uses?.reference ?? ''}': it keeps what the job has now.${middle}${whose}`,
      path: file.path,
      line: written.position.line,
      permissions: union(hasNow(job, setting, platform), needed),
    });
  }
  return advice;
}

/** The job whose own or workflow's block is passed on; without any block, the job of the root that starts the chain. */
function whereItIsWritten(calling: JobInChain): JobInChain {
  let job = calling;
  while (job.caller !== null && (job.block === null || job.block.from === 'caller')) job = job.caller;
  return job;
}

function above({ caller }: JobInChain): JobInChain | null {
  return caller === null ? null : whereItIsWritten(caller);
}

function checkedAgainst({ block }: JobInChain, setting: DefaultPermissions | null, platform: Platform): Permissions {
  return block === null ? defaultPermissions(setting ?? 'read', platform) : askedPermissions(block.block, platform);
}

function hasNow({ block }: JobInChain, setting: DefaultPermissions | null, platform: Platform): Permissions {
  return block === null ? defaultPermissions(setting ?? 'read', platform) : declaredPermissions(block.block, platform);
}

function inTheCalled(violation: Violation): readonly Advice[] {
  const { nested, excess } = violation;
  const { path, line } = askedAt(violation);
  const lower = excess.map((one) => `'${one.permission}: ${one.requested}' to '${allowedAtMost(one)}'`).join(', ');
  const heirs =
    nested === null ? 'the jobs without a block of their own then get' : `the job '${nested.job.id}' then gets`;
  return [
    { text: `Or lower ${lower} in this block, if no step needs more.`, path, line },
    { text: `Or remove this block: ${heirs} what each caller passes on.`, path, line },
    ...(nested === null
      ? []
      : [
          {
            text: `Or move the job '${nested.job.id}' to a workflow of its own that this caller does not call.`,
            path,
            line: nested.job.position.line,
          },
        ]),
  ];
}

function allowedAtMost({ permission, allowed }: Excess): string {
  return `${permission}: ${permission === 'id-token' ? 'none' : allowed}`;
}

function union(a: Permissions, b: Permissions): Permissions {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
  return Object.fromEntries(names.map((name) => [name, higher(a[name] ?? 'none', b[name] ?? 'none')]));
}
