import type { Settings } from '../../model/settings.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Policy } from '../../model/policy.ts';
import type { PolicyNotice } from '../../model/report.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { ignoredIn } from '../../check-files.ts';
import type { GateChange } from '../../policy/gate/gate-change.ts';
import type { Baseline, PolicyInForce } from '../../policy/in-force.ts';
import type { PrepareNeeds } from '../../needs/prepare-needs.ts';
import { readCalled, readHere } from '../reading/reading.ts';
import { ToolError } from '../tool-error.ts';
import { withSlashes } from '../files/with-slashes.ts';
import type { CommitFiles } from '../git/commit-files.ts';
import type { PolicyForAll } from './policy-for-all.ts';
import { loadBaseline } from './load-baseline.ts';
import { loadPolicy } from './load-policy.ts';
import type { FilePlace, PolicyPlaces } from './policy-places.ts';
import { bytesHere, type RepositoryFiles } from './repository-files.ts';

/** What is checked, and what it is to be judged by. */
export interface PolicySources {
  readonly places: PolicyPlaces;
  /** What is checked, and the ref and commit of it, as far as they are known. */
  readonly head: { readonly files: RepositoryFiles; readonly ref: string | null; readonly commit: string | null };
  /** What policy, exceptions, baseline and ignore comments are taken from; `null`: from the head. */
  readonly base: CommitFiles | null;
  /** The workflow files of the head. */
  readonly workflows: readonly WorkflowFile[];
  /** Without what a policy says. */
  readonly settings: Settings;
  readonly read: ReadCalledFile;
  readonly prepareNeeds: PrepareNeeds | null;
  readonly gateChange: GateChange | null;
  /** A baseline that is about to be written need not be there. */
  readonly writesBaseline: boolean;
  readonly today: string;
  /** A policy that counts whatever the repository's own one says; none, when it is not given. */
  readonly forAll?: PolicyForAll | null;
}

/** Today, YYYY-MM-DD in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 'YYYY-MM-DD'.length);
}

/** A file in head and base, as bytes; of one that lies outside of the checkout there is but one. */
interface Versions {
  readonly inForce: Uint8Array | null;
  /** What the head makes of it; `undefined` when it leaves it as it is. */
  readonly changed: Uint8Array | null | undefined;
}

function missing(what: string, { shown, file }: FilePlace, where: string): ToolError {
  const name = what.replace('The ', '');
  return new ToolError(
    `${what} ${shown} is not ${where}. It was looked for as ${withSlashes(file)}. Correct the name of the ${name}, or leave it out to use the usual place.`,
    { path: shown },
  );
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.from(one).equals(other);
}

async function versionsOf(
  what: string,
  place: FilePlace,
  { head, base }: PolicySources,
  mayBeMissing: boolean,
): Promise<Versions> {
  const { inCheckout } = place;
  if (inCheckout === null) {
    const bytes = bytesHere(place.file, place.shown);
    if (bytes === null && !mayBeMissing) throw missing(what, place, 'there');
    return { inForce: bytes, changed: undefined };
  }
  const ofHead = await head.files.file(inCheckout);
  const ofBase = base === null ? ofHead : await base.files.file(inCheckout);
  // Whoever adds the file also names it: then the base has none yet.
  if (place.isNamed && !mayBeMissing && ofHead === null && ofBase === null) {
    throw missing(
      what,
      place,
      base === null ? `in ${head.files.where}` : `in ${base.files.where}, nor in ${head.files.where}`,
    );
  }
  if (ofHead === null && ofBase === null) await refuseOtherEnding(what, place, base?.files ?? head.files);
  return { inForce: ofBase, changed: isSame(ofHead, ofBase) ? undefined : ofHead };
}

/** A policy that nobody reads must not look like one. */
async function refuseOtherEnding(
  what: string,
  { inCheckout, shown }: FilePlace,
  files: RepositoryFiles,
): Promise<void> {
  if (inCheckout?.endsWith('.yml') !== true) return;
  const other = inCheckout.replace(/\.yml$/, '.yaml');
  if ((await files.file(other)) === null) return;
  const found = shown.replace(/\.yml$/, '.yaml');
  throw new ToolError(`${what} is looked for as ${shown}, and ${files.where} has ${found}. Rename it.`, {
    path: found,
  });
}

/** The files whose ignore comments are not those of the base. */
function changedComments(head: readonly WorkflowFile[], base: readonly WorkflowFile[]): readonly string[] {
  const textOf = (file: WorkflowFile | undefined): string =>
    JSON.stringify(file?.workflow.ignoreComments.map(({ rules, reason }) => [rules, reason]) ?? []);
  return head
    .filter((file) => textOf(file) !== textOf(base.find(({ path }) => path === file.path)))
    .map(({ path }) => path);
}

/**
 * Loads what a repository is judged by.
 *
 * @returns `undefined` when there is neither a policy nor a baseline nor a base.
 * @throws ToolError for every mistake in them, of the base or of the head: a head whose policy is broken must not be
 *   merged, and a base whose policy is broken judges nobody.
 */
export async function loadInForce(sources: PolicySources): Promise<PolicyInForce | undefined> {
  const { places, head, base, workflows, settings, read, prepareNeeds, gateChange, writesBaseline } = sources;
  const { forAll = null } = sources;
  const policyFile = await versionsOf('The policy', places.policy, sources, false);
  const baselineFile = await versionsOf('The baseline', places.baseline, sources, writesBaseline);

  const notices: PolicyNotice[] = [];
  const policyOf = async (bytes: Uint8Array | null, whose: string, notes: PolicyNotice[]): Promise<Policy> => {
    const { shown } = places.policy;
    if (bytes === null) return forAll === null ? [] : forAll.alone(shown);
    const above = forAll === null ? {} : { above: forAll.above };
    const loaded = await loadPolicy(bytes, shown, { whose, platform: settings.platform, read, ...above });
    notes.push(...loaded.notices);
    return loaded.policy;
  };
  const baselineOf = async (bytes: Uint8Array | null, whose: string): Promise<Baseline | null> =>
    bytes === null ? null : loadBaseline(bytes, places.baseline.shown, whose);

  const whose = (file: FilePlace): string =>
    file.inCheckout === null ? 'that was given' : `of ${base === null ? head.files.where : base.files.where}`;
  const policy = await policyOf(policyFile.inForce, whose(places.policy), notices);
  const baseline = await writtenOver(writesBaseline, () => baselineOf(baselineFile.inForce, whose(places.baseline)));
  if (policy.length === 0 && baseline === null && base === null && gateChange === null && !writesBaseline) {
    return undefined;
  }

  const ofHead = `of ${head.files.where}`;
  const changedPolicy = policyFile.changed === undefined ? null : await policyOf(policyFile.changed, ofHead, []);
  const changedBaseline =
    baselineFile.changed === undefined ? undefined : await baselineOf(baselineFile.changed, ofHead);

  const hasComments = workflows.some(({ workflow }) => workflow.ignoreComments.length > 0);
  const ofBase = base === null || !hasComments ? [] : await readHere(await base.files.workflows());
  const { commit: _commit, ...timeless } = settings;
  const baseSettings = base === null ? settings : { ...timeless, commit: base.commit };
  const ignoredInBase =
    base === null ? null : await ignoredIn(ofBase, baseSettings, { policy, baseline }, readCalled(read), prepareNeeds);
  const [file, ...files] = [
    ...(changedPolicy === null ? [] : [places.policy.shown]),
    ...(changedBaseline === undefined ? [] : [places.baseline.shown]),
    ...(base === null || !hasComments ? [] : changedComments(workflows, ofBase)),
  ];
  return {
    policy,
    baseline,
    origin: originOf(sources, policyFile.inForce !== null),
    ignoredInBase,
    today: sources.today,
    notices,
    gateChange,
    change:
      file === undefined
        ? null
        : {
            files: [file, ...files],
            policy: changedPolicy ?? policy,
            baseline: changedBaseline === undefined ? baseline : changedBaseline,
          },
  };
}

/** A broken baseline that is about to be written anew is as good as none. */
async function writtenOver(writesBaseline: boolean, load: () => Promise<Baseline | null>): Promise<Baseline | null> {
  try {
    return await load();
  } catch (error) {
    if (writesBaseline && error instanceof ToolError) return null;
    throw error;
  }
}

function originOf({ places, head, base }: PolicySources, isThere: boolean): PolicyInForce['origin'] {
  const path = isThere ? places.policy.shown : null;
  if (path !== null && places.policy.inCheckout === null) return { path, from: 'file', ref: null, commit: null };
  const { ref, commit } = base ?? head;
  return { path, from: base === null ? 'folder' : 'base', ref, commit };
}
