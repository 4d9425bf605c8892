import { checkWithCalls } from '../../src/check.ts';
import type { AuditLine } from '../../src/model/audit.ts';
import type { ReadCalledFile } from '../../src/model/called-file.ts';
import type { CheckOptions } from '../../src/check-files.ts';
import type { OrganizationFacts } from '../../src/organization/facts.ts';
import { organizationFacts } from '../../src/organization/organization-facts.ts';
import { newTables, repositoryFacts } from '../../src/organization/repository-facts.ts';
import { bytesOf, settingsOf, type Known } from './checking.ts';

/** By repository, by path: what the files hold. */
export type Organization = Readonly<Record<string, Readonly<Record<string, string>>>>;

const OPTIONS: CheckOptions = { toolVersion: '1.0.0', failOn: 'error' };
export const TOOL = { name: 'effective-permissions', version: '1.0.0' };

/** The line of each repository, which reads called files from the others, at any ref. */
export async function linesOf(
  organization: Organization,
  known: Readonly<Record<string, Known>> = {},
  options: Partial<CheckOptions> = {},
): Promise<readonly AuditLine[]> {
  const read: ReadCalledFile = ({ owner, name, path }) => {
    const text = organization[`${owner}/${name}`]?.[path];
    return Promise.resolve(
      text === undefined
        ? { kind: 'unavailable', reason: 'It is not here.' }
        : { kind: 'found', bytes: bytesOf(text), commit: null, anyRef: false },
    );
  };
  return Promise.all(
    Object.entries(organization).map(async ([repository, files]): Promise<AuditLine> => {
      const sources = Object.entries(files).map(([path, text]) => ({ path, bytes: bytesOf(text) }));
      const settings = settingsOf({ ...known[repository], repository });
      const report = await checkWithCalls(sources, settings, { ...OPTIONS, ...options }, read);
      return { ...report, audit: auditOf(repository, sources.length === 0 ? 'no-workflows' : 'read') };
    }),
  );
}

export function auditOf(repository: string, state: AuditLine['audit']['state']): AuditLine['audit'] {
  return { repository, branch: null, state, commit: null, archived: false, fork: false, called: [], key: 'k' };
}

export function factsOf(lines: readonly AuditLine[]): OrganizationFacts {
  const tables = newTables();
  const repositories = lines.map((line) => repositoryFacts(line, tables));
  return organizationFacts(TOOL, { repositories, tables, permissionsTable: null, plan: null });
}
