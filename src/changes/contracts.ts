import type { JobInChain } from '../calls/call-tree.ts';
import type { Because, Change, ChangedPermission } from '../model/change.ts';
import type { PermissionsBlock } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import { isMore } from '../permissions/access-level.ts';
import { askedPermissions } from '../permissions/declared.ts';
import type { CheckedWorkflow } from '../policy/checked-workflow.ts';
import { differences } from './kinds.ts';
import type { WorkflowPair } from './pair-workflows.ts';
import { placeOfCall, placeOfFile, positionIn } from './places.ts';

/**
 * What a file that can be called on both sides asks more of its callers, and what less. A called workflow further down that
 * was not read may ask for anything: then nothing certainly became less.
 */
export function contractChanges({ base, head }: WorkflowPair, platform: Platform): readonly Change[] {
  if (base === null || head === null) return [];
  const [before, after] = [base.contract, head.contract];
  if (before === null || after === null) return [];
  const differing = differences(before.permissions, after.permissions);
  const raised = before.complete ? differing.filter((one) => isMore(one.after, one.before)) : [];
  const lowered = after.complete ? differing.filter((one) => isMore(one.before, one.after)) : [];
  return [
    ...changeOf('contract-raised', raised, base, head, platform),
    ...changeOf('contract-lowered', lowered, base, head, platform),
  ];
}

function changeOf(
  kind: 'contract-raised' | 'contract-lowered',
  permissions: readonly ChangedPermission[],
  base: CheckedWorkflow,
  head: CheckedWorkflow,
  platform: Platform,
): readonly Change[] {
  const [first] = permissions;
  if (first === undefined) return [];
  const [from, workflow] = [base.file.path, head.file.path];
  return [
    {
      kind,
      workflow,
      ...(from === workflow ? {} : { from: { workflow: from } }),
      events: ['workflow_call'],
      actor: 'repository',
      actors: ['repository'],
      ...first,
      permissions,
      because: kind === 'contract-raised' ? askedBy(head, first, platform) : noLongerAsked(head, first),
    },
  ];
}

/** The block that asks for it, or the call of what does. */
function askedBy(head: CheckedWorkflow, asked: ChangedPermission, platform: Platform): Because {
  const { permission, after } = asked;
  const asks = (block: PermissionsBlock | null): block is PermissionsBlock =>
    block !== null && !isMore(after, askedPermissions(block, platform)[permission] ?? 'none');
  const { path, workflow } = head.file;
  if (asks(workflow.permissions)) {
    const at = { path, ...positionIn(workflow.permissions, [asked]) };
    return { ...at, message: 'The block of the workflow asks for it.' };
  }
  const job = workflow.jobs.find(({ permissions }) => asks(permissions));
  if (job !== undefined && asks(job.permissions)) {
    const at = { path, ...positionIn(job.permissions, [asked]) };
    return { ...at, message: `The block of the job '${job.id}' asks for it.` };
  }
  const call = head.tree.find((one) => one.call !== null && one.block === null && isAskedBelow(one, asks));
  if (call === undefined) return { ...placeOfFile(head), message: 'It asks for more.' };
  return {
    ...placeOfCall(call),
    message: `The workflow that it calls, ${call.job.uses?.reference ?? ''}, asks for it.`,
  };
}

function isAskedBelow(calling: JobInChain, asks: (block: PermissionsBlock | null) => boolean): boolean {
  const { call } = calling;
  if (call?.callee.kind !== 'found') return false;
  const { permissions } = call.callee.file.read.workflow;
  return asks(permissions) || call.jobs.some((nested) => asks(nested.job.permissions) || isAskedBelow(nested, asks));
}

function noLongerAsked(head: CheckedWorkflow, { permission }: ChangedPermission): Because {
  return { ...placeOfFile(head), message: `No block asks for that much of '${permission}' any more.` };
}
