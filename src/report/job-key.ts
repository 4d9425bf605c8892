import type { ReportedJob, ReportedWorkflow } from '../model/report.ts';
import { originOf } from './outcomes.ts';

/**
 * Returns a function that takes a job and its workflow and returns a key: the same for jobs that a reader need not tell
 * apart, whose ids and lines of blocks alone differ. Keys of one such function can be compared with each other.
 */
export function jobKeys(): (job: ReportedJob, workflow: ReportedWorkflow) => string {
  // Short codes for the words of a key: with the words themselves the keys of a large report would be as large as it is.
  const codes = new Map<string | boolean | null | undefined, string>();
  const codeOf = (word: string | boolean | null | undefined): string => {
    const known = codes.get(word);
    if (known !== undefined) return known;
    const code = `${codes.size.toString(36)}.`;
    codes.set(word, code);
    return code;
  };
  return (job, { events }) => {
    let key = codeOf(job.uses !== null) + codeOf(events.includes('workflow_call')) + codeOf(job.declaredAt === null);
    key += codeOf(String(job.path.length));
    if (job.uses !== null && job.grants.length === 0) key += codeOf(JSON.stringify(job.declared));
    for (const grant of job.grants) {
      const origin = originOf(grant);
      const { actor, defaultPermissions, visibility, forkPullRequests, status, ifAllowed } = grant;
      key += `;${codeOf(actor)}${codeOf(defaultPermissions)}${codeOf(visibility)}${codeOf(forkPullRequests)}`;
      key += codeOf(status) + codeOf(ifAllowed) + codeOf(grant.baseRefCreatedByDependabot);
      key += codeOf(origin?.from);
      for (const words of [grant.events, grant.actions ?? [], grant.doubts ?? []])
        key += `,${words.map(codeOf).join('')}`;
      key += ',';
      for (const permission in grant.permissions) key += codeOf(permission) + codeOf(grant.permissions[permission]);
    }
    return key;
  };
}
