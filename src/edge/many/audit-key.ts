import { createHash } from 'node:crypto';

import type { AuditedCall } from '../../model/audit.ts';
import type { Settings } from '../../model/settings.ts';
import type { OwnFile } from './asked-files.ts';
import type { ManyOptions } from './many-options.ts';
import type { PolicyForAll } from '../policy/policy-for-all.ts';
import { TOOL } from '../tool.ts';

/** All that a report rests on. */
export interface KeyFacts {
  readonly options: ManyOptions;
  readonly policy: PolicyForAll | null;
  readonly settings: Settings;
  readonly workflows: readonly OwnFile[];
  /** Policy, baseline, actions and scripts of the repository itself. */
  readonly own: readonly OwnFile[];
  readonly called: readonly AuditedCall[];
  /** The day, YYYY-MM-DD, where the repository's own policy has exceptions that end; `null` where it has none. */
  readonly day: string | null;
}

/** A digest of all that a report rests on. */
export function auditKey({ options, policy, settings, workflows, own, called, day }: KeyFacts): string {
  const { failOn, whatIf = null } = options;
  const facts = [
    TOOL,
    { failOn, whatIf },
    policy === null ? null : policy.key,
    settings,
    workflows,
    own,
    called.map(({ file, id }) => [file, id]),
    day,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
