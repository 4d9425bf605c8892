import type { Permissions } from '../model/permission.ts';
import type { Location } from '../model/position.ts';
import type { Advice } from '../model/report.ts';
import type { DefaultPermissions } from '../model/settings.ts';
import { isMore } from '../permissions/access-level.ts';
import {
  askedPermissions,
  declaredPermissions,
  defaultPermissions,
  mostACalleeMayAsk,
} from '../permissions/declared.ts';
import { passesOn, whereItIsWritten } from './call-tree.ts';
import type { JobInChain } from './call-tree.ts';
import { writable } from './contract.ts';
import { groupBy } from './group-by.ts';
import type { NonEmpty } from './group-by.ts';
import { askedBelow, isReadAllEnough, isReliedOn, union } from './passed-on.ts';
import { askingBlocks, excessOf } from './violations.ts';
import type { Excess, UnsetCallers, Violation } from './violations.ts';
import { listed } from '../words/in-words.ts';

/** A calling job whose block must grow, and by what. */
interface Growth {
  readonly job: JobInChain;
  readonly needed: Permissions;
}

/** The value that the setting is taken to have; `null` where the callers of the root decide. */
type Setting = DefaultPermissions | null;

/** Where the block stands that asks for too much. */
export function askedAt({ calling, nested, block }: Violation): Location {
  const callee = calling.call?.callee;
  const called = callee?.kind === 'found' ? callee.file.path : calling.file.path;
  return { path: nested?.file.path ?? called, ...block.position };
}

/**
 * Makes the function that tells how to mend a call that asks for too much: what to write in the callers, so that
 * everything they have now stays, and what to change in the called workflow instead. `all` are the violations of one
 * workflow: a block that mends one of them gives what the others need from the same job, too, so that no mend undoes
 * another.
 */
export function advisor(
  all: readonly Violation[],
  unset: UnsetCallers,
): (same: readonly Violation[]) => readonly Advice[] {
  const known = new Map<Setting, ReadonlyMap<JobInChain, Permissions>>();

  /** All that the blocks must grow by under one value of the setting. */
  function growthsUnder(setting: Setting): ReadonlyMap<JobInChain, Permissions> {
    let growths = known.get(setting);
    if (growths === undefined) {
      const grown = new Map<JobInChain, Permissions>();
      const holding = all.filter(({ defaultPermissions: value }) => value === null || value === setting);
      for (const { job, needed } of holding.flatMap((violation) => growthsFor(violation, setting, unset))) {
        grown.set(job, union(grown.get(job) ?? {}, needed));
      }
      growths = grown;
      known.set(setting, growths);
    }
    return growths;
  }

  /** The blocks to write for one violation: that of its call, and those above that must grow for that block to stand. */
  function blocksFor({ calling }: Violation, setting: Setting): readonly JobInChain[] {
    const blocks: JobInChain[] = [];
    for (let next: JobInChain | null = calling; next !== null;) {
      const job: JobInChain = whereItIsWritten(next);
      blocks.push(job);
      next = job.caller;
      const limit = next === null ? null : limitOf(next, setting, unset);
      // What it has now may be too much already: the block above that mends that is needed, too.
      if (limit === null || excessOf(blockFor(job, setting), limit, unset.platform).length === 0) break;
    }
    return blocks;
  }

  /** What the job has now, as far as a called job relies on it, and all that is needed from it. */
  function blockFor(job: JobInChain, setting: Setting): Permissions {
    const grown = growthsUnder(setting).get(job) ?? {};
    if (isReliedOn(job)) return union(hasNow(job, setting, unset), grown);
    // These are compared with this block, be they within what the setting gives or not.
    return [grown, ...growingBelow(job, setting).map((nested) => blockFor(nested, setting))].reduce(
      union,
      askedBelow(job, unset),
    );
  }

  /** The jobs with blocks that grow and that are compared with what a calling job passes on. */
  function growingBelow(job: JobInChain, setting: Setting): readonly JobInChain[] {
    const growths = growthsUnder(setting);
    return passesOn(job).flatMap(({ call }) => call?.jobs.filter((nested) => growths.has(nested)) ?? []);
  }

  return (same) => {
    const steps = same.flatMap((violation) =>
      settingsOf(violation, unset).flatMap((setting) =>
        blocksFor(violation, setting).map((job, index) => ({
          job,
          index,
          permissions: blockFor(job, setting),
          isLast: growingBelow(job, setting).length === 0,
          // What a job without a block has now depends on the setting.
          only: job.block === null && unset.defaults.length > 1 ? setting : null,
        })),
      ),
    );
    const blocks = groupBy(steps, ({ job: { file, job }, permissions }) =>
      JSON.stringify([file.path, job.position, permissions]),
    ).map(([{ job, index, permissions, isLast, only }]): Advice => {
      // The other values of the setting under which this job needs a block as well.
      const others = unset.defaults.filter((other) => other !== only && growthsUnder(other).has(job));
      const isAlways = others.some((other) => isSame(blockFor(job, other), permissions));
      const extra = [
        ...(only === null || isAlways ? [] : [whenInWords(only, others.length > 0)]),
        ...(isLast && isReadAllEnough(job, permissions, unset) ? [READ_ALL] : []),
      ];
      return {
        text: [textFor(job, index), ...extra].join(' '),
        path: job.file.path,
        line: job.job.position.line,
        permissions,
      };
    });
    return [...blocks, ...inTheCalled(same)];
  };
}

/** `index`: how many blocks grow below this one. */
function textFor(calling: JobInChain, index: number): string {
  const { job, file, caller } = calling;
  const does = isReliedOn(calling) ? 'it keeps what the job has now' : 'it gives all that is asked for';
  const sentences = [
    `Write this block at the job '${job.id}', which calls '${job.uses?.reference ?? ''}': ${does}.`,
    ...(index === 0 && caller !== null ? ['This call fails whatever its callers grant.'] : []),
    ...(index > 0 ? ['The block that grows below it is checked against this one.'] : []),
    ...(caller === null && file.read.workflow.call !== null ? ['What its callers must grant grows with it.'] : []),
    ...(file.place.kind === 'checkout' ? [] : ['That file belongs to another repository or ref.']),
  ];
  return sentences.join(' ');
}

/** Both come from `union`, which sorts them. */
function isSame(a: Permissions, b: Permissions): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** For which value of an unknown setting a block is; whether the other value needs one, too. */
function whenInWords(only: DefaultPermissions, isNeededOtherwise: boolean): string {
  return isNeededOtherwise
    ? `This is the block if the repository's default is '${only}'.`
    : `Only needed if the repository's default is '${only}'.`;
}

const READ_ALL = '`permissions: read-all` is enough there, too, without `id-token: write`.';

/** Without the same block twice at one place, whatever led there. */
export function distinct(advice: readonly Advice[]): readonly Advice[] {
  return groupBy(advice, ({ path, line, permissions }) => JSON.stringify([path, line, permissions])).map(
    ([first]) => first,
  );
}

function settingsOf({ defaultPermissions: setting }: Violation, { defaults }: UnsetCallers): readonly Setting[] {
  if (setting !== null) return [setting];
  return defaults.length === 0 ? [null] : defaults;
}

/** What one violation needs, from the failing call upwards: a block that grows must be allowed by the call above it. */
function growthsFor({ calling, excess }: Violation, setting: Setting, unset: UnsetCallers): readonly Growth[] {
  const growths: Growth[] = [];
  let missing: readonly Excess[] = excess;
  for (let next: JobInChain | null = calling; next !== null && missing.length > 0;) {
    const job: JobInChain = whereItIsWritten(next);
    const asked = Object.fromEntries(missing.map((one) => [one.permission, one.requested]));
    const needed = writable(union(asked, reliedOn(job, unset)), unset.platform);
    growths.push({ job, needed });
    next = job.caller;
    const limit = next === null ? null : limitOf(next, setting, unset);
    missing = limit === null ? [] : excessOf(needed, limit, unset.platform);
  }
  return growths;
}

/**
 * Only `read-all` gives `id-token: read`, which a `read-all` below asks for. A list that takes its place must have
 * `write`.
 */
function reliedOn(job: JobInChain, { platform }: UnsetCallers): Permissions {
  if (job.block?.block.shorthand?.value !== 'read-all') return {};
  const asksForToken = passesOn(job).some((calling) =>
    askingBlocks(calling).some(({ block }) => askedPermissions(block, platform)['id-token'] !== undefined),
  );
  return asksForToken ? { 'id-token': 'write' } : {};
}

function limitOf({ block, call }: JobInChain, setting: Setting, { platform }: UnsetCallers): Permissions | null {
  if (block !== null) return askedPermissions(block.block, platform);
  return setting === null ? null : mostACalleeMayAsk(setting, call?.trusted ?? false, platform);
}

function hasNow({ block }: JobInChain, setting: Setting, { platform }: UnsetCallers): Permissions {
  if (block !== null) return declaredPermissions(block.block, platform);
  return setting === null ? {} : defaultPermissions(setting, platform);
}

/** What to change in the called workflow instead, and what each change does. Each block once, for all that it breaks. */
export function inTheCalled(violations: readonly Violation[]): readonly Advice[] {
  return groupBy(violations, (violation) => JSON.stringify(askedAt(violation))).flatMap(mendsOfBlock);
}

function mendsOfBlock(same: NonEmpty<Violation>): readonly Advice[] {
  const [violation] = same;
  const { calling, nested, block } = violation;
  const { path, line } = askedAt(violation);
  const at = (text: string, where = line): Advice => ({ text, path, line: where });
  const heirs = (calling.call?.jobs ?? []).filter(({ job }) => job.permissions === null);
  if (nested === null && heirs.length === 0) {
    return [at('Or remove this block: every job has one of its own, so it gives nothing.')];
  }
  const who = namesOf(nested === null ? heirs : [nested]);
  const gets = nested === null && heirs.length > 1 ? 'get' : 'gets';
  const lower = `${lowered(block, lowest(same))}, if no step needs more: ${who} then ${gets} less, whoever calls.`;
  const isTop = nested === null || nested.file.read.workflow.permissions === null;
  const inherited = isTop ? 'what each caller passes on' : 'the block of its workflow';
  const move = `Or move ${who} to a workflow of its own that this caller does not call: the others stay as they are.`;
  return [
    at(lower),
    at(`Or remove this block: ${who} then ${gets} ${inherited}.`),
    // Of its only job the file could be called by nobody: nothing of it would stay for the other callers.
    ...(nested === null || calling.call?.jobs.length === 1 ? [] : [at(move, nested.job.position.line)]),
  ];
}

/** Permission by permission the least that a caller allows. */
function lowest(same: NonEmpty<Violation>): readonly Excess[] {
  const all = same.flatMap(({ excess }) => excess);
  return groupBy(all, ({ permission }) => permission).map((alike) =>
    alike.reduce((least, one) => (isMore(least.allowed, one.allowed) ? one : least)),
  );
}

function lowered({ shorthand }: Violation['block'], excess: readonly Excess[]): string {
  if (shorthand !== null) {
    const most = excess.map(allowedAtMost);
    const out = excess.flatMap(({ permission }, index) =>
      most[index]?.endsWith(': none') ? [`\`${permission}\``] : [],
    );
    const kept = most.filter((level) => !level.endsWith(': none')).map((level) => `\`${level}\``);
    const parts = [
      ...(out.length === 0 ? [] : [`leaves out ${listed(out)}`]),
      ...(kept.length === 0 ? [] : [`has at most ${listed(kept)}`]),
    ];
    return `Or write a list instead of '${shorthand.value}' that ${parts.join(', and ')}`;
  }
  const changes = excess.map((one) => `\`${one.permission}: ${one.requested}\` to \`${allowedAtMost(one)}\``);
  return `Or lower ${listed(changes)} in this block`;
}

function namesOf(jobs: readonly JobInChain[]): string {
  return `the job${jobs.length > 1 ? 's' : ''} ${listed(jobs.map(({ job }) => `'${job.id}'`))}`;
}

function allowedAtMost({ permission, allowed }: Excess): string {
  return `${permission}: ${permission === 'id-token' ? 'none' : allowed}`;
}
