import type { Rule } from './rule.ts';
import { blanketPermissions } from './rules/blanket-permissions.ts';
import { excessivePermission } from './rules/excessive-permission.ts';
import { gateChanged } from './rules/gate-changed.ts';
import { idTokenBoundary } from './rules/id-token-boundary.ts';
import { impossiblePermission } from './rules/impossible-permission.ts';
import { insufficientPermission } from './rules/insufficient-permission.ts';
import { invalidWorkflow } from './rules/invalid-workflow.ts';
import { missingPermissions } from './rules/missing-permissions.ts';
import { otherCredentials } from './rules/other-credentials.ts';
import { overLimit } from './rules/over-limit.ts';
import { raisedContract } from './rules/raised-contract.ts';
import { raisedForOutsiders } from './rules/raised-for-outsiders.ts';
import { raisedPermission } from './rules/raised-permission.ts';
import { startupFailure } from './rules/startup-failure.ts';
import { undocumentedPermission } from './rules/undocumented-permission.ts';
import { unknownPermission } from './rules/unknown-permission.ts';
import { unresolvedCall } from './rules/unresolved-call.ts';
import { waitsForTokenEvent } from './rules/waits-for-token-event.ts';
import { workflowLevelWrite } from './rules/workflow-level-write.ts';
import { writeOnUntrustedTrigger } from './rules/write-on-untrusted-trigger.ts';
import { writeToUnpinnedAction } from './rules/write-to-unpinned-action.ts';

/** The rules that look at workflows, in the order of the documentation. */
export const RULE_CHECKS: readonly Rule[] = [
  invalidWorkflow,
  startupFailure,
  unresolvedCall,
  missingPermissions,
  blanketPermissions,
  workflowLevelWrite,
  excessivePermission,
  insufficientPermission,
  impossiblePermission,
  overLimit,
  writeOnUntrustedTrigger,
  writeToUnpinnedAction,
  idTokenBoundary,
  unknownPermission,
  undocumentedPermission,
  otherCredentials,
  waitsForTokenEvent,
  raisedPermission,
  raisedForOutsiders,
  raisedContract,
  gateChanged,
];
