import { checkFiles } from '../../check-files.ts';
import type { CheckOptions } from '../../check-files.ts';
import type { Audited, AuditLine, FailedAudit } from '../../model/audit.ts';
import type { ReadCalledFile } from '../../model/called-file.ts';
import type { Policy } from '../../model/policy.ts';
import type { Settings } from '../../model/settings.ts';
import type { WorkflowSource } from '../../model/source.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import { calledWorkflows } from '../../workflow/read-called.ts';
import { errorReport } from '../output/error-report.ts';
import type { CheckedFiles } from '../reading/needs-sources.ts';
import type { RepositoryName } from '../command-line/option-values.ts';
import { loadInForce } from '../policy/load-in-force.ts';
import { BASELINE_FILE, POLICY_FILE, type FilePlace, type PolicyPlaces } from '../policy/policy-places.ts';
import type { RepositoryFiles } from '../policy/repository-files.ts';
import { needsWith } from '../reading/prepare-needs.ts';
import { TOOL } from '../tool.ts';
import { askedFiles, idOf, type AskedFiles, type OwnFile } from './asked-files.ts';
import { auditKey } from './audit-key.ts';
import type { ParsedOnce } from './parsed-once.ts';
import { withPatch } from './with-patch.ts';
import type { PolicyForAll } from '../policy/policy-for-all.ts';

/** What is known of a repository before it is computed. */
export type AboutRepository = Pick<Audited, 'branch' | 'commit' | 'archived' | 'fork'>;

/** One of many repositories. */
export interface RepositoryToCheck {
  readonly repository: RepositoryName;
  readonly about: AboutRepository;
  readonly sources: readonly WorkflowSource[];
  /** Where policy and baseline are read. */
  readonly files: RepositoryFiles;
  /** Where they are; at the usual places, when it is not given. */
  readonly places?: PolicyPlaces;
  /** Where actions and scripts of the repository itself are read. */
  readonly checked: CheckedFiles;
  /** Says the settings, which need only be asked for where they matter for the files. */
  readonly settings: (files: readonly WorkflowFile[]) => Promise<Settings>;
}

/** What is the same for all repositories. */
export type ManyOptions = Pick<CheckOptions, 'failOn' | 'whatIf'>;

/** What many repositories share. */
export interface World {
  readonly options: ManyOptions;
  /** Reads files of other repositories and refs. */
  readonly read: ReadCalledFile;
  readonly parsed: ParsedOnce;
  /** `null` where each repository is judged by its own policy alone. */
  readonly policy: PolicyForAll | null;
  /** YYYY-MM-DD, in UTC. */
  readonly today: string;
}

/** Where a repository has its policy and its baseline when nobody says another place. */
const USUAL_PLACES: PolicyPlaces = {
  root: '',
  prefix: '',
  policy: usualPlace(POLICY_FILE),
  baseline: usualPlace(BASELINE_FILE),
};

function usualPlace(path: string): FilePlace {
  return { shown: path, inCheckout: path, file: path, isNamed: false };
}

/** Computes the report of one repository out of many. What goes wrong with it is part of its line. Never throws. */
export async function checkOne(repository: RepositoryToCheck, world: World): Promise<AuditLine> {
  const { repository: name, about, sources } = repository;
  const asked = askedFiles({ repository: name, commit: about.commit }, world.read, repository.files);
  try {
    const { report, settings, policy } = await computed(repository, world, asked);
    const own = asked.own();
    const called = calledOf(repository, asked);
    const key = asked.isAnswered()
      ? auditKey({
          options: world.options,
          policy: world.policy,
          settings,
          workflows: sources.map(idOfSource),
          own: about.branch === null ? own : [],
          called,
          day: hasEndingExceptions(policy, world.policy) ? world.today : null,
        })
      : '';
    const state = sources.length === 0 ? 'no-workflows' : 'read';
    return { ...report, audit: { ...audited(name, about), state, called, key } };
  } catch (error) {
    return notRead(name, about, error);
  }
}

/** The line of a repository that could not be read, or whose policy has mistakes. */
export function notRead(repository: RepositoryName, about: AboutRepository, error: unknown): FailedAudit {
  return { ...errorReport(error), audit: { ...audited(repository, about), state: 'not-read', called: [], key: '' } };
}

function audited({ owner, name }: RepositoryName, about: AboutRepository): Omit<Audited, 'state' | 'called' | 'key'> {
  const { branch, commit, archived, fork } = about;
  return { repository: `${owner}/${name}`, branch, commit, archived, fork };
}

async function computed(
  { about, sources, checked, settings: settingsFor, places = USUAL_PLACES }: RepositoryToCheck,
  { options, parsed, policy: forAll, today }: World,
  { read, files, local }: AskedFiles,
) {
  const workflows = await parsed.workflows(sources);
  const settings = await settingsFor(workflows);
  const prepareNeeds =
    workflows.length === 0
      ? null
      : needsWith(checked, settings.repository, read, { asked: local, readAction: parsed.action });
  const inForce = await loadInForce({
    places,
    // The commit would make reports differ that say the same.
    head: { files, ref: about.branch, commit: null },
    base: null,
    workflows,
    settings,
    read,
    prepareNeeds,
    gateChange: null,
    writesBaseline: false,
    today,
    forAll,
  });
  const recheck = (all: readonly WorkflowFile[]) =>
    checkFiles(
      all,
      settings,
      { ...options, toolVersion: TOOL.version, ...(inForce === undefined ? {} : { inForce }) },
      calledWorkflows(read, parsed.workflow),
      prepareNeeds,
    );
  const tried = { sources, files: workflows, report: await recheck(workflows), recheck };
  const report = await withPatch(tried, options.whatIf);
  return { report, settings, policy: inForce?.policy ?? [] };
}

/** Of a branch, the repository's own files are named by it, so that a later audit finds them all in one list. */
function calledOf({ repository, about }: RepositoryToCheck, asked: AskedFiles): Audited['called'] {
  const { branch } = about;
  const called = asked.called();
  if (branch === null) return called;
  const { owner, name } = repository;
  const own = asked.own().map(([path, id]) => ({ file: `${owner}/${name}/${path}@${branch}`, id }));
  return [...own, ...called].sort(({ file: one }, { file: other }) => (one < other ? -1 : Number(one > other)));
}

function idOfSource(source: WorkflowSource): OwnFile {
  return [source.path, 'bytes' in source ? idOf(source.bytes) : null];
}

/** Whether some file of the repository's own policy has an exception that ends: then the report depends on the day. */
function hasEndingExceptions(policy: Policy, forAll: PolicyForAll | null): boolean {
  const own = policy.slice(0, policy.length - (forAll?.policy.length ?? 0));
  return own.some(({ exceptions }) => exceptions.some(({ expires }) => expires !== null));
}
