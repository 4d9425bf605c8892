import type { Rule } from './rule.ts';
import { idTokenBoundary } from './rules/id-token-boundary.ts';
import { invalidWorkflow } from './rules/invalid-workflow.ts';
import { otherCredentials } from './rules/other-credentials.ts';
import { startupFailure } from './rules/startup-failure.ts';
import { unknownPermission } from './rules/unknown-permission.ts';
import { waitsForTokenEvent } from './rules/waits-for-token-event.ts';
import { writeOnUntrustedTrigger } from './rules/write-on-untrusted-trigger.ts';
import { writeToUnpinnedAction } from './rules/write-to-unpinned-action.ts';

/** The rules that look at workflows, in the order of the documentation. */
export const RULE_CHECKS: readonly Rule[] = [
  invalidWorkflow,
  startupFailure,
  writeOnUntrustedTrigger,
  writeToUnpinnedAction,
  idTokenBoundary,
  unknownPermission,
  otherCredentials,
  waitsForTokenEvent,
];
