import type { JobInChain } from '../../calls/call-tree.ts';
import { permissionSentence } from '../../calls/failures.ts';
import { excessOf } from '../../calls/violations.ts';
import type { Change } from '../../model/change.ts';
import type { Permissions, PermissionsBlock } from '../../model/permission.ts';
import type { Settings } from '../../model/settings.ts';
import { askedPermissions } from '../../permissions/declared.ts';
import { listed } from '../../words/in-words.ts';
import type { CheckedWorkflow } from '../checked-workflow.ts';
import type { Rule, Subject, Violation } from '../rule.ts';

/**
 * The rule `raised-contract`: a file that can be called asks more of its callers than in the base. Those of this repository
 * are checked; those of others, at a branch or a moving tag, are known to nobody here.
 */
export const raisedContract: Rule = {
  name: 'raised-contract',
  check: ({ changes = [], workflows, settings }) =>
    changes.flatMap((change): readonly Violation[] => {
      const workflow = workflows.find(({ report }) => report.path === change.workflow);
      const [first, ...others] = change.permissions;
      if (change.kind !== 'contract-raised' || workflow === undefined || first === undefined) return [];
      const { path } = workflow.report;
      const subjectOf = ({ permission, after }: typeof first): Subject => ({
        workflow: path,
        job: null,
        definedIn: path,
        permission,
        granted: after,
        places: [],
      });
      const { because } = change;
      return [
        {
          cause: path,
          place: { path: because.path, line: because.line ?? 1, column: because.column ?? 1 },
          subjects: [subjectOf(first), ...others.map(subjectOf)],
          tell: (subjects) => tell(change, workflow, settings, new Set(subjects.map(({ permission }) => permission))),
        },
      ];
    }),
};

function tell(
  change: Change,
  workflow: CheckedWorkflow,
  settings: Settings,
  about: ReadonlySet<string | undefined>,
): { readonly message: string; readonly hint: string } {
  const permissions = change.permissions.filter(({ permission }) => about.has(permission));
  const asked = listed(
    permissions.map(({ permission, before, after }) => `\`${permission}: ${after}\` (${before} in the base)`),
  );
  const sentence = sentenceFor(change, workflow, settings);
  const callers =
    sentence === null
      ? ''
      : ` A caller that grants what was enough in the base does not start, and GitHub says: "${sentence}"`;
  return {
    message: `Callers of ${workflow.report.path} have to grant ${asked} now. ${change.because.message}${callers}`,
    hint: 'Drop what no step uses, or split off the job that needs it. Where it is meant, tell the callers and release it under a new major version.',
  };
}

/** What GitHub says to a caller that grants just what was enough in the base. */
function sentenceFor(
  { permissions }: Change,
  { contract, file, tree }: CheckedWorkflow,
  { platform, repository }: Settings,
): string | null {
  if (contract === null) return null;
  const before = Object.fromEntries(permissions.map((one) => [one.permission, one.before]));
  const enough: Permissions = { ...contract.asked, ...before };
  const own = repository === null ? file.path : `${repository.owner}/${repository.name}/${file.path}@REF`;
  return asking(own, file.workflow.permissions, tree);

  /** GitHub reads the block of the workflow first, then its jobs, then what they call without a block. */
  function asking(reference: string, block: PermissionsBlock | null, jobs: readonly JobInChain[]): string | null {
    const ofFile = sentenceOf(reference, null, block);
    if (ofFile !== null) return ofFile;
    for (const { job } of jobs) {
      const ofJob = sentenceOf(reference, job.id, job.permissions);
      if (ofJob !== null) return ofJob;
    }
    if (block !== null) return null;
    for (const { job, call } of jobs) {
      if (job.permissions !== null || call?.callee.kind !== 'found') continue;
      const below = asking(call.reference, call.callee.file.read.workflow.permissions, call.jobs);
      if (below !== null) return below;
    }
    return null;
  }

  function sentenceOf(reference: string, nested: string | null, block: PermissionsBlock | null): string | null {
    const excess = block === null ? [] : excessOf(askedPermissions(block, platform), enough, platform);
    return excess.length === 0 ? null : permissionSentence(reference, nested, excess);
  }
}
