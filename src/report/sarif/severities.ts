import type { RuleName } from '../../policy/rule-table.ts';

/** What code scanning shows of a rule: how bad a security rule is, from 0.1 to 10, and what it is filtered by. */
export interface Severity {
  /** Only of a rule about what a token may do: over 9 is critical, from 7 high, from 4 medium, below that low. */
  readonly security?: string;
  readonly tags: readonly string[];
}

/** https://cwe.mitre.org/data/definitions/250.html: Execution with Unnecessary Privileges */
const UNNECESSARY_PRIVILEGES = 'external/cwe/cwe-250';
/** https://cwe.mitre.org/data/definitions/829.html: Inclusion of Functionality from Untrusted Control Sphere */
const UNTRUSTED_FUNCTIONALITY = 'external/cwe/cwe-829';

const correctness: Severity = { tags: ['correctness'] };
const maintainability: Severity = { tags: ['maintainability'] };

function security(score: string, ...weaknesses: readonly string[]): Severity {
  return { security: score, tags: ['security', ...weaknesses] };
}

/**
 * By rule. Errors score from 7, warnings from 4, notes below: code scanning knows one score for all findings of a rule, and
 * with a score it shows that one in place of the level.
 */
export const SEVERITIES: Readonly<Record<RuleName, Severity>> = {
  'invalid-workflow': correctness,
  'startup-failure': correctness,
  'unresolved-call': correctness,
  'missing-permissions': security('5.0', UNNECESSARY_PRIVILEGES),
  'blanket-permissions': security('5.5', UNNECESSARY_PRIVILEGES),
  'workflow-level-write': security('5.0', UNNECESSARY_PRIVILEGES),
  'excessive-permission': security('5.0', UNNECESSARY_PRIVILEGES),
  'insufficient-permission': correctness,
  'impossible-permission': correctness,
  'raised-permission': security('3.5', UNNECESSARY_PRIVILEGES),
  'raised-for-outsiders': security('8.0', UNTRUSTED_FUNCTIONALITY),
  'raised-contract': correctness,
  'over-limit': security('7.0', UNNECESSARY_PRIVILEGES),
  'write-on-untrusted-trigger': security('8.5', UNTRUSTED_FUNCTIONALITY),
  'write-to-unpinned-action': security('6.5', UNTRUSTED_FUNCTIONALITY),
  'id-token-boundary': security('6.0', UNNECESSARY_PRIVILEGES),
  'unknown-permission': correctness,
  'undocumented-permission': maintainability,
  'other-credentials': security('3.0'),
  'waits-for-token-event': correctness,
  'never-starts': correctness,
  'differs-from-run': correctness,
  'gate-changed': security('7.5'),
  'unused-exception': maintainability,
  'unused-limit': maintainability,
  'unexplained-ignore': maintainability,
};
