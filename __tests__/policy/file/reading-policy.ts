import type { PolicyFile } from '../../../src/model/policy.ts';
import type { Platform } from '../../../src/model/settings.ts';
import { readPolicy } from '../../../src/policy/read-policy.ts';
import { policyText } from '../../helpers/policies.ts';

export const GITHUB: Platform = { kind: 'github.com' };
export const POLICY_PATH = '.github/permissions-policy.yml';

/** A policy that has no mistake. */
export function policyOf(text: string, platform = GITHUB, path = POLICY_PATH): PolicyFile {
  const read = readPolicy(policyText(text, path), { platform });
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.policy;
}

/** What is wrong with a policy: `2:3 message | hint`. */
export function problemsIn(text: string, platform = GITHUB): readonly string[] {
  const read = readPolicy(policyText(text, POLICY_PATH), { platform });
  if (!('problems' in read)) return [];
  return read.problems.map(
    ({ line, column, message, hint }) => `${line}:${column} ${message}${hint === undefined ? '' : ` | ${hint}`}`,
  );
}

/** The same for lines behind `version: 1`. */
export function problemsInLines(lines: string, platform = GITHUB): readonly string[] {
  return problemsIn(`version: 1\n${lines}\n`, platform);
}
