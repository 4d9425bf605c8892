import type { RepositoryFacts } from '../../../src/organization/facts.ts';

/** `OWNER/NAME/path@REF`, as a report names a file of another repository or ref. */
const ELSEWHERE = /^(?!\.github\/)([\w.-]+\/[\w.-]+)\/([^@]+)@(.+)$/;

/** The address of a line, or of the repository; `null` where it is on another server or the commit is not known. */
export function addressOnGitHub(facts: RepositoryFacts, path = '', line = 0): string | null {
  if (facts.platform !== 'github.com' || !/^[\w.-]+\/[\w.-]+$/.test(facts.repository)) return null;
  if (path === '') return `https://github.com/${facts.repository}`;
  const [, repository = facts.repository, file = path, ref = facts.commit] = ELSEWHERE.exec(path) ?? [];
  if (ref === null) return null;
  const parts = [...ref.split('/'), ...file.split('/')].map(encodeURIComponent);
  return `https://github.com/${repository}/blob/${parts.join('/')}#L${line}`;
}
