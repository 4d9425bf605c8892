import type { Rule } from './rule.ts';
import { blanketPermissions } from './rules/blanket-permissions.ts';
import { gateChanged } from './rules/gate-changed.ts';
import { invalidWorkflow } from './rules/invalid-workflow.ts';
import { missingPermissions } from './rules/missing-permissions.ts';
import { overLimit } from './rules/over-limit.ts';
import { startupFailure } from './rules/startup-failure.ts';
import { undocumentedPermission } from './rules/undocumented-permission.ts';
import { unknownPermission } from './rules/unknown-permission.ts';
import { unresolvedCall } from './rules/unresolved-call.ts';
import { workflowLevelWrite } from './rules/workflow-level-write.ts';

/** The rules that look at workflows, in the order of the documentation. */
export const RULE_CHECKS: readonly Rule[] = [
  invalidWorkflow,
  startupFailure,
  unresolvedCall,
  missingPermissions,
  blanketPermissions,
  workflowLevelWrite,
  overLimit,
  unknownPermission,
  undocumentedPermission,
  gateChanged,
];
