import type { Rule } from './rule.ts';
import { invalidWorkflow } from './rules/invalid-workflow.ts';
import { startupFailure } from './rules/startup-failure.ts';
import { unknownPermission } from './rules/unknown-permission.ts';
import { writeOnUntrustedTrigger } from './rules/write-on-untrusted-trigger.ts';

/** The rules that look at workflows, in the order of the documentation. */
export const RULE_CHECKS: readonly Rule[] = [
  invalidWorkflow,
  startupFailure,
  writeOnUntrustedTrigger,
  unknownPermission,
];
