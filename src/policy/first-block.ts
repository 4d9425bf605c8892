import { inherits } from '../calls/call-tree.ts';
import type { JobInChain } from '../calls/call-tree.ts';
import { contractOf } from '../calls/contract.ts';
import type { AccessLevel, Permissions } from '../model/permission.ts';
import type { Platform } from '../model/settings.ts';
import type { Step } from '../model/workflow.ts';
import { higher, isMore } from '../permissions/access-level.ts';
import type { NeedsInChain } from './known-needs.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';

/** `permissions` with `${{ github.token }}` or the secret of the same power, in a text or handed to a step. */
const TOKEN = /github\s*\.\s*token|GITHUB_TOKEN|secrets\s*\[|github\s*\[|tojson\(\s*(github|secrets)\s*\)/i;

/**
 * A block to begin with, to be written at a job: what a workflow that it calls certainly asks for, and for the jobs with
 * steps what these need, or `unseen` where that is not known. `null` where a workflow that was not read may ask for more:
 * a block that lacks it would keep the whole run from starting.
 */
export function firstBlock(
  job: JobInChain,
  platform: Platform,
  needsOf: NeedsInChain,
  unseen: (job: JobInChain) => Permissions = whatStepsMayNeed,
): Permissions | null {
  const { call } = job;
  if (call === null) return needsOf(job)?.suggested ?? unseen(job);
  if (call.callee.kind !== 'found') return null;
  const contract = contractOf(call.callee.file, call.jobs, platform);
  if (contract?.complete !== true) return null;
  const blocks = call.jobs.filter(inherits).map((nested) => firstBlock(nested, platform, needsOf, unseen));
  return blocks.includes(null) ? null : mostOf([contract.permissions, ...blocks]);
}

/** How far such a block can be relied on, by what is known of the steps. */
export const HOW_SURE = {
  complete: 'It holds what the steps use.',
  partly: 'It holds what the steps use, and keeps what a step may use whose code this tool cannot see.',
  unknown: 'It is a start to test: a step that needs more fails with "Resource not accessible by integration".',
} as const;

/** Where a block to write keeps what an exception, an ignore comment or the baseline excuses. */
export const EXCUSED_STAYS = 'What is excused stays.';

/** Permission by permission the most of all. */
export function mostOf(blocks: readonly (Permissions | null)[]): Permissions {
  const levels = new Map<string, AccessLevel>();
  for (const [name, level] of blocks.flatMap((block) => Object.entries(block ?? {}))) {
    levels.set(name, higher(levels.get(name) ?? 'none', level));
  }
  return Object.fromEntries([...levels].sort(([a], [b]) => byCodeUnit(a, b)));
}

/** For steps of which nobody knows what they use. Those that check out, or are actions that nobody looked into, may read. */
function whatStepsMayNeed(job: JobInChain): Permissions {
  return isWithoutToken(job) ? {} : { contents: 'read' };
}

/** Whether nothing in a job can use its token: it runs scripts alone, and none of them is given one. */
function isWithoutToken({ job: { steps, env }, file }: JobInChain): boolean {
  const given = [...env, ...file.read.workflow.env];
  return steps.every(isScriptWithoutToken) && !given.some(({ text }) => TOKEN.test(text));
}

function isScriptWithoutToken({ run, env }: Step): boolean {
  return run !== null && ![run, ...env].some(({ text }) => TOKEN.test(text));
}

/** Whether a block gives all that another one does. */
export function covers(block: Permissions, other: Permissions): boolean {
  return Object.entries(other).every(([name, level]) => !isMore(level, block[name] ?? 'none'));
}
