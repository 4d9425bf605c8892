import { readFileSync } from 'node:fs';
import path from 'node:path';

import { afterEach } from '@jest/globals';

import type { AuditLine } from '../../../src/model/audit.ts';
import { organizationFrom, type OrganizationShape } from '../../helpers/organization/organization.ts';
import { serveOrganization, type OrganizationServer, type ServerOptions } from '../../helpers/organization/server.ts';
import { run, type Ran } from '../command-line-run.ts';
import { temporaryFolder } from '../temporary-folder.ts';

/** The organization of most of these tests. */
export const SHAPE: OrganizationShape = { owner: 'octo-org', seed: 'tests', repositories: 55, files: 3 };

/** Settings of an organization whose default is `read`: nobody needs to ask its repositories. */
export const READ = (url: string): object | null =>
  url.startsWith('/orgs/octo-org/actions/permissions/workflow')
    ? { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }
    : null;

const running: OrganizationServer[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

/** Serves an organization; it is stopped behind the test. */
export async function served(
  options: ServerOptions = {},
  shape: Partial<OrganizationShape> = {},
): Promise<OrganizationServer> {
  const server = await serveOrganization(organizationFrom({ ...SHAPE, ...shape }), { settings: READ, ...options });
  running.push(server);
  return server;
}

/** A folder in which an audit works: its cache, and what it writes. */
export function workplace(): { readonly folder: string; readonly file: (name: string) => string } {
  const folder = temporaryFolder();
  return { folder, file: (name) => path.join(folder, name) };
}

/** Runs `audit …` against a server, with a cache in a folder. */
export async function audit(
  server: OrganizationServer,
  folder: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Ran> {
  return run(['audit', ...args, '--cache', path.join(folder, 'cache')], {
    GITHUB_API_URL: server.url,
    GH_TOKEN: 'secret',
    ...env,
  });
}

/** All bytes of a file as a text, a character each: those jest compares at once, and bytes one by one. */
export function bytesIn(file: string): string {
  return readFileSync(file, 'latin1');
}

/** The lines of a file. */
export function linesIn(file: string): readonly AuditLine[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as AuditLine);
}

/** The line of one repository. */
export function lineOf(file: string, repository: string): AuditLine {
  const found = linesIn(file).find(({ audit: about }) => about.repository === `octo-org/${repository}`);
  if (found === undefined) throw new Error(`No line of ${repository}`);
  return found;
}
