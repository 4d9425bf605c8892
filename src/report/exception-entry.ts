import type { FoundSubject } from '../model/report.ts';

/** What stands for itself in a pattern of a policy has to be put in brackets: these do not. */
const SPECIAL = /[*?[]/g;

/** A word that YAML reads as a string without quotes. */
const PLAIN = /^(?!(?:true|false|null|yes|no|on|off)$)[A-Za-z_.][\w./-]*$/i;

/**
 * Takes a rule and what a finding of it is about, and returns the entries of a policy's `exceptions` that excuse just
 * that, each in one line of YAML. The reason is for whoever writes it to fill in.
 *
 * @see docs/policy.md
 */
export function exceptionEntries(rule: string, subjects: readonly FoundSubject[]): readonly string[] {
  const permissions = distinct(subjects.map(({ permission }) => permission ?? ''));
  const byJobs = new Map<string, { workflows: string[]; jobs: readonly string[] }>();
  for (const workflow of distinct(subjects.map((subject) => subject.workflow))) {
    const own = subjects.filter((subject) => subject.workflow === workflow);
    const jobs = distinct(own.map(({ job }) => (job === undefined ? '' : job.join('/'))));
    const key = JSON.stringify(jobs);
    const same = byJobs.get(key);
    if (same === undefined) byJobs.set(key, { workflows: [workflow], jobs });
    else same.workflows.push(workflow);
  }
  return [...byJobs.values()].map(({ workflows, jobs }) => {
    const fields = [
      `rule: ${rule}`,
      `workflows: ${yamlList(workflows.map(workflowName))}`,
      ...(jobs.includes('') ? [] : [`jobs: ${yamlList(jobs)}`]),
      ...(permissions.includes('') ? [] : [`permissions: ${yamlList(permissions)}`]),
      'reason: …',
    ];
    return `- { ${fields.join(', ')} }`;
  });
}

/** A file in the folder of workflows is known by its name. */
function workflowName(path: string): string {
  return path.replace(/^\.github\/workflows\/(?=[^/]+$)/, '');
}

function yamlList(texts: readonly string[]): string {
  const words = texts.map((text) => {
    const pattern = text.replace(SPECIAL, '[$&]');
    return PLAIN.test(pattern) ? pattern : JSON.stringify(pattern);
  });
  return words.length === 1 ? (words[0] ?? '') : `[${words.join(', ')}]`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
