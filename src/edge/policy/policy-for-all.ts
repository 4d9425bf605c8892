import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';

import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Policy } from '../../model/policy.ts';
import type { PolicyNotice } from '../../model/report.ts';
import type { Platform } from '../../model/settings.ts';
import { repositoryFile } from '../../policy/file/extends.ts';
import { policyNotices } from '../../policy/notices.ts';
import { emptyPolicy, type PolicyText } from '../../policy/read-policy.ts';
import { ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import { loadPolicy, policyText } from './load-policy.ts';
import { bytesHere } from './repository-files.ts';

/** A policy that many repositories are judged by: each as if its own policy extended this one. */
export interface PolicyForAll {
  /** It, and what it extends. */
  readonly policy: Policy;
  /** How it was read. */
  readonly notices: readonly PolicyNotice[];
  /** What its own file holds. */
  readonly text: string;
  /** The same for the same policy, on days on which it says the same. */
  readonly key: string;
  /** The policy of a repository that has none of its own. `shown` is where that would be. */
  readonly alone: (shown: string) => Policy;
  /** The files of a repository's own policy, and above them those of this one. */
  readonly above: (own: readonly PolicyText[]) => readonly PolicyText[];
}

/** How to read it. */
export interface PolicyForAllReading {
  readonly platform: Platform;
  readonly read: ReadCalledFile;
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
  /** What the file holds, where somebody has read it before; then it need not be here. */
  readonly text?: string;
}

/**
 * Reads the policy for all repositories: a file of this machine, or one of a repository, OWNER/NAME/path@REF.
 *
 * @throws ToolError when it cannot be read or has mistakes: then nobody can be judged by it.
 */
export async function policyForAll(
  given: string,
  { platform, read, today, text }: PolicyForAllReading,
): Promise<PolicyForAll> {
  const { bytes, shown, notices: found } = await bytesOf(given, read, text);
  const { policy, texts, notices } = await loadPolicy(bytes, shown, { whose: 'that was given', platform, read });
  const [top = ''] = texts.map(({ text }) => text);
  const nothing = await policyText('', NOTHING);
  const ended = policy.flatMap(({ exceptions }) =>
    exceptions.map(({ expires }) => expires !== null && expires < today),
  );
  const facts = [texts.map(({ text }) => text), policyNotices(policy, today), ended];
  return {
    policy,
    notices: [...found, ...notices],
    text: top,
    key: createHash('sha256').update(JSON.stringify(facts)).digest('hex'),
    alone: (own) => [emptyPolicy(own), ...policy],
    above: (own) => {
      const [first, ...extended] = own;
      // Whoever has it as their own policy is judged as everybody else.
      if (first?.text === top) return [{ ...nothing, path: first.path }, ...texts];
      return extended.some(({ text }) => text === top) ? own : [...own, ...texts];
    },
  };
}

/** The text of a policy that says nothing. */
const NOTHING = 'version: 1\n';

async function bytesOf(
  given: string,
  read: ReadCalledFile,
  known: string | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly shown: string; readonly notices: readonly PolicyNotice[] }> {
  const shown = withSlashes(given);
  if (known !== undefined) return { bytes: Buffer.from(known), shown, notices: [] };
  const file = repositoryFile(given);
  if (lstatSync(given, { throwIfNoEntry: false }) !== undefined || 'error' in file) {
    const bytes = bytesHere(given, shown);
    if (bytes !== null) return { bytes, shown, notices: [] };
    throw new ToolError(
      `The policy ${shown} is not there. Give a file, or one of a repository as OWNER/NAME/path@REF, such as octo-org/.github/permissions-policy.yml@main.`,
      { path: shown },
    );
  }
  const source = await read(file);
  if (source.kind !== 'found') throw new ToolError(`The policy ${given} cannot be read. ${source.reason}.`);
  const message = `The policy ${given} was read from a checkout that stands for any ref, so it may be of another one.`;
  return {
    bytes: source.bytes,
    shown,
    notices: source.anyRef ? [{ message, path: given, line: 1, column: 1 }] : [],
  };
}
