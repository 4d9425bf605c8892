import { isEnterpriseServer, type FileServer } from '../called/api-access.ts';
import type { SharedValues } from '../command-line/option-table.ts';

/**
 * The values of a command line, with the version of the server that is asked for files, when that is a GitHub Enterprise
 * Server and nobody gave one; and the line that standard error says of it, or nothing.
 */
export async function forServer<Values extends Pick<SharedValues, 'ghes' | 'offline'>>(
  values: Values,
  server: FileServer,
): Promise<{ readonly values: Values; readonly note: string }> {
  if (values.ghes !== undefined || server.kind === 'none' || !isEnterpriseServer(server.baseUrl)) {
    return { values, note: '' };
  }
  const { onServer } = await import('./server-version.ts');
  const asked = await onServer(values, server, { ghes: '--ghes', offline: '--offline' });
  return { values: asked.values, note: `${asked.note}\n` };
}
