import type { Identity, PolicyChange, PreviewedFinding, Report, ReportedPolicy } from '../model/report.ts';
import { shortReference } from './words.ts';
import { listed, plural } from '../words/in-words.ts';
import { worstFirst } from './worst-first.ts';

/** Where a policy was read, by the words behind its path. */
const PLACES: Readonly<Record<ReportedPolicy['from'], (policy: ReportedPolicy) => string>> = {
  folder: () => '',
  file: () => '',
  base: ({ ref, commit }) =>
    ` of ${ref === null ? 'the base' : `the base '${ref}'`}${commit === null ? '' : ` at ${commit.slice(0, 10)}`}`,
};

/** Takes a report and returns the path of the repository's own policy, or where it would have to be. */
export function policyPath({ policy }: Pick<Report, 'policy'>): string {
  return policy?.path ?? '.github/permissions-policy.yml';
}

/** Takes what a repository was judged by and returns that in one sentence. */
export function judgedBy(policy: ReportedPolicy): string {
  const { path, baseline, from } = policy;
  const place = PLACES[from](policy);
  const extended = policy.extends.map((name) => `'${shortReference(name)}'`);
  const accepted =
    baseline === null ? '' : ` The baseline '${baseline.path}' has ${plural(baseline.entries, 'entry', 'entries')}.`;
  if (path === null && extended.length > 0) return `Judged by the policy ${listed(extended)}.${accepted}`;
  if (path === null) return `There is no policy${place}: each rule has its default level.${accepted}`;
  const more = extended.length === 0 ? '' : `, which extends ${listed(extended)}`;
  return `Judged by the policy '${path}'${place}${more}.${accepted}`;
}

/** More entries of a baseline than these are not named. */
const MOST_ENTRIES = 5;

/** Takes what a repository was judged by and returns what its owner should do about that, one text each. */
export function policyNotices({ baseline, notices }: ReportedPolicy): readonly string[] {
  const told = notices.map(({ path, line, message }) => `${path}:${line}: ${message}`);
  const mended = baseline?.mended ?? [];
  if (baseline === null || mended.length === 0) return told;
  const names = mended.slice(0, MOST_ENTRIES).map(entryName);
  const others = mended.length > MOST_ENTRIES ? [plural(mended.length - MOST_ENTRIES, 'other')] : [];
  const verb = mended.length === 1 ? 'is' : 'are';
  return [
    ...told,
    `${plural(mended.length, 'entry', 'entries')} of the baseline '${baseline.path}' ${verb} no longer needed: ${listed([...names, ...others])}. Write the baseline anew (--write-baseline) to drop ${mended.length === 1 ? 'it' : 'them'}.`,
  ];
}

function entryName({ rule, workflow, job, permission, granted }: Identity): string {
  const level = permission === undefined ? '' : ` '${permission}${granted === undefined ? '' : `: ${granted}`}'`;
  return `${rule}${level} in '${workflow}'${job === undefined ? '' : ` job '${job}'`}`;
}

/** What a pull request would change of the way it is judged. */
export interface ChangeWords {
  readonly sentences: readonly string[];
  /** The findings that it would take away and bring, worst first. */
  readonly findings: readonly { readonly becomes: 'goes' | 'comes'; readonly finding: PreviewedFinding }[];
}

/** Takes a change of policy and returns it in words. */
export function changeWords({ files, gone, come }: PolicyChange): ChangeWords {
  const names = listed(files.map((file) => `'${file}'`));
  const effect =
    gone.length === 0 && come.length === 0
      ? 'The findings would stay the same.'
      : `Then ${listed([
          ...(gone.length > 0 ? [`${plural(gone.length, 'finding')} would go away`] : []),
          ...(come.length > 0 ? [`${plural(come.length, 'finding')} would be new`] : []),
        ])}:`;
  return {
    sentences: [
      `The policy, or what it excuses, is changed in ${names}. That counts once it is merged, not here.`,
      effect,
    ],
    findings: [
      ...worstFirst(gone).map((finding) => ({ becomes: 'goes' as const, finding })),
      ...worstFirst(come).map((finding) => ({ becomes: 'comes' as const, finding })),
    ],
  };
}
