import type { ReadCalledFile, RepositoryFile } from '../../model/called-file.ts';
import type { Policy } from '../../model/policy.ts';
import type { Position } from '../../model/position.ts';
import type { PolicyNotice } from '../../model/report.ts';
import type { Platform } from '../../model/settings.ts';
import { extendedFile, readPolicies, type PolicyText } from '../../policy/read-policy.ts';
import { readTreeHere } from '../reading/reading.ts';
import { ToolError } from '../tool-error.ts';
import { mistakesIn } from './mistakes.ts';

/** A policy with all that it extends, and what its owner should know of how it was read. */
export interface LoadedPolicy {
  readonly policy: Policy;
  /** The files that it was read from. */
  readonly texts: readonly PolicyText[];
  readonly notices: readonly PolicyNotice[];
}

/** How a policy is to be read. */
export interface PolicyReading {
  /** Where it is from, as part of a sentence: `of main at 0123…`. */
  readonly whose: string;
  readonly platform: Platform;
  readonly read: ReadCalledFile;
  /** What comes on top of all that was extended; nothing, when it is not given. */
  readonly above?: (texts: readonly PolicyText[]) => readonly PolicyText[];
}

/** Our own file, a shared policy, and one more that this one may extend. */
const MOST_FILES = 3;

const READABLE =
  'Make it readable: put it into a public or internal repository, give a token that may read it, or give a checkout of its repository with --repositories (in the action, the input repositories).';

/** How messages name a file of a repository. */
function nameOf({ owner, name, path, ref }: RepositoryFile): string {
  return `${owner}/${name}/${path}@${ref}`;
}

/** Equal for names that mean the same file: GitHub ignores the case of owners and names. */
function keyOf({ owner, name, path, ref }: RepositoryFile): string {
  return JSON.stringify([owner.toLowerCase(), name.toLowerCase(), path, ref]);
}

/**
 * Reads a policy file and all that it extends.
 *
 * @param shown how messages name the file.
 * @throws ToolError for every mistake in one of them, a cycle, too long a chain, and a file that cannot be read: what is
 *   not known would let something pass.
 */
export async function loadPolicy(
  bytes: Uint8Array,
  shown: string,
  { whose, platform, read, above = (texts) => texts }: PolicyReading,
): Promise<LoadedPolicy> {
  const first = await policyText(shown, Buffer.from(bytes).toString());
  const texts: PolicyText[] = [first];
  const notices: PolicyNotice[] = [];
  const seen = new Set<string>();
  let last: PolicyText = first;
  for (let next = extendedFile(last); next !== null; next = extendedFile(last)) {
    const { position, ...file } = next;
    const place = { path: last.path, ...position };
    const name = nameOf(file);
    if (seen.has(keyOf(file)))
      throw chainError(place, name, 'extends itself, directly or through another one. Remove one of them.');
    if (texts.length === MOST_FILES) {
      throw chainError(place, name, `is one too many: a policy and what it extends are ${MOST_FILES} files at most.`);
    }
    seen.add(keyOf(file));
    const source = await read(file);
    if (source.kind !== 'found') throw chainError(place, name, `cannot be read. ${source.reason}. ${READABLE}`);
    if (source.anyRef) {
      const message = `The policy ${name} was read from a checkout that stands for any ref, so it may be of another one.`;
      notices.push({ message, ...place });
    }
    last = await policyText(name, Buffer.from(source.bytes).toString());
    texts.push(last);
  }
  const all = above(texts);
  const result = readPolicies(all, platform);
  if ('policy' in result) return { policy: result.policy, texts: all, notices };
  throw mistakesIn(`The policy ${whose} has mistakes, so nothing is judged by it.`, result.problems);
}

/** Reads the YAML of a policy file. */
export async function policyText(path: string, text: string): Promise<PolicyText> {
  return { path, text, tree: await readTreeHere(text) };
}

function chainError(place: Position & { readonly path: string }, name: string, why: string): ToolError {
  const { path, line, column } = place;
  return new ToolError(`${path}:${line}:${column}: The policy ${name}, which is extended here, ${why}`, place);
}
