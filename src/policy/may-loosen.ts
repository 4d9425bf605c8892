import type { NewPermission } from '../model/permission.ts';
import type { Policy, PolicyFile } from '../model/policy.ts';
import type { DefaultPermissions, WhatIf } from '../model/settings.ts';

/** The owners that a policy calls trusted, in lower case: those of a file that may not loosen the next do not count. */
export function trustedOwners(policy: Policy): ReadonlySet<string> {
  const files = countingFiles(policy, ({ mayLoosen }) => mayLoosen.trustedOwners);
  return new Set(files.flatMap((file) => file.trustedOwners.map((owner) => owner.toLowerCase())));
}

/** The permissions that a policy adds to our table. */
export function newPermissions(policy: Policy): readonly NewPermission[] {
  const files = countingFiles(policy, ({ mayLoosen }) => mayLoosen.scopes);
  return files.flatMap(({ scopes }) => scopes);
}

/**
 * What a policy says the setting "Workflow permissions" is. It is a fact about the repository and no rule, so the file
 * that is nearest to it knows best.
 */
export function policyDefault(policy: Policy): DefaultPermissions | null {
  return policy.find(({ defaultPermissions }) => defaultPermissions !== null)?.defaultPermissions ?? null;
}

/** The value of a setting that a policy wants to see tried: the nearest file's. */
export function policyWhatIf(policy: Policy): WhatIf | null {
  return policy.find(({ whatIf }) => whatIf !== null)?.whatIf ?? null;
}

/** The files of a policy whose word counts: each one that it extends has to allow it. */
function countingFiles(policy: Policy, allows: (file: PolicyFile) => boolean): Policy {
  return policy.filter((_, index) => policy.slice(index + 1).every(allows));
}
