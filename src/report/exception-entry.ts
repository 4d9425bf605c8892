import type { FoundSubject } from '../model/report.ts';
import type { RuleName } from '../policy/rule-table.ts';

/** What stands for itself in a pattern of a policy has to be put in brackets: these do not. */
const SPECIAL = /[*?[{]/g;

/** A word that YAML reads as a string without quotes. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_.][\w./-]*$/i;

/**
 * Nobody is told to except these: what they say is mended by taking it out. An entry could not name one of them either,
 * but all of a file.
 */
const NEVER_EXCEPTED: ReadonlySet<string> = new Set<RuleName>([
  'unused-exception',
  'unused-limit',
  'unexplained-ignore',
]);

/** The permissions that a finding names of a job; `null` where it is about all of the job. */
type Named = ReadonlySet<string> | null;

/**
 * Takes a rule and what a finding of it is about, and returns the entries of a policy's `exceptions` that excuse just
 * that, each in one line of YAML: no job and no permission beside those that are named. The reason is for whoever writes
 * it to fill in.
 *
 * @see docs/policy.md
 */
export function exceptionEntries(rule: string, subjects: readonly FoundSubject[]): readonly string[] {
  if (NEVER_EXCEPTED.has(rule)) return [];
  const alike = new Map<string, { workflows: string[]; jobs: readonly string[] | null; permissions: Named }>();
  for (const [workflow, own] of groups(subjects, (subject) => subject.workflow)) {
    for (const { jobs, permissions } of entriesOf(own)) {
      const key = JSON.stringify([jobs, permissions === null ? null : [...permissions]]);
      const same = alike.get(key);
      if (same === undefined) alike.set(key, { workflows: [workflow], jobs, permissions });
      else same.workflows.push(workflow);
    }
  }
  return [...alike.values()].map(({ workflows, jobs, permissions }) => {
    const fields = [
      `rule: ${rule}`,
      `workflows: ${yamlList(workflows.map(workflowName).map(asPattern))}`,
      ...(jobs === null ? [] : [`jobs: ${yamlList(jobs.map(asPattern))}`]),
      ...(permissions === null ? [] : [`permissions: ${yamlList([...permissions])}`]),
      'reason: …',
    ];
    return `- { ${fields.join(', ')} }`;
  });
}

/** The jobs of one workflow, those together of which the same permissions are named; `null` is the file with all jobs. */
function entriesOf(
  subjects: readonly FoundSubject[],
): readonly { readonly jobs: readonly string[] | null; readonly permissions: Named }[] {
  const ofFile = subjects.filter(({ job }) => job === undefined);
  const whole = ofFile.length === 0 ? [] : [{ jobs: null, permissions: permissionsOf(ofFile) }];
  if (whole.some(({ permissions }) => permissions === null)) return whole;
  const byPermissions = new Map<string, { jobs: string[]; permissions: Named }>();
  for (const [job, own] of groups(subjects, (subject) => subject.job?.join('/'))) {
    const permissions = permissionsOf(own);
    const key = JSON.stringify(permissions === null ? null : [...permissions].sort());
    const same = byPermissions.get(key);
    if (same === undefined) byPermissions.set(key, { jobs: [job], permissions });
    else same.jobs.push(job);
  }
  return [...whole, ...byPermissions.values()];
}

function permissionsOf(subjects: readonly FoundSubject[]): Named {
  const names = subjects.map(({ permission }) => permission);
  return names.includes(undefined) ? null : new Set(names.flatMap((name) => name ?? []));
}

/** By the name that each has; those without one are left out. */
function groups(
  subjects: readonly FoundSubject[],
  nameOf: (subject: FoundSubject) => string | undefined,
): ReadonlyMap<string, readonly FoundSubject[]> {
  const all = new Map<string, FoundSubject[]>();
  for (const subject of subjects) {
    const name = nameOf(subject);
    if (name !== undefined) all.set(name, [...(all.get(name) ?? []), subject]);
  }
  return all;
}

/** A file in the folder of workflows is known by its name, unless no pattern can begin so. */
function workflowName(path: string): string {
  return path.replace(/^\.github\/workflows\/(?=[^!/][^/]*$)/, '');
}

function asPattern(text: string): string {
  return text.replace(SPECIAL, '[$&]');
}

function yamlList(texts: readonly string[]): string {
  const words = texts.map((text) => (PLAIN.test(text) ? text : JSON.stringify(text)));
  return words.length === 1 ? (words[0] ?? '') : `[${words.join(', ')}]`;
}
