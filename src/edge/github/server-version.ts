import type { ServerVersion } from '../../model/settings.ts';
import { parseServerVersion } from '../../permissions/platform.ts';
import { ApiError, connectApi, PATIENCE, type ApiAccess, type Headers, type Patience } from './github-api.ts';
import { visible } from '../../report/escape-terminal.ts';
import { inQuotes } from '../output/in-quotes.ts';
import type { SharedValues } from '../command-line/option-table.ts';
import { errorMessage } from '../tool-error.ts';

/** The version that a GitHub Enterprise Server says it has, or why that is not known. */
export type AskedVersion =
  | { readonly kind: 'known'; readonly version: ServerVersion; readonly text: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/** One small answer: a server that takes longer would keep everything else waiting. */
const SOON: Patience = { ...PATIENCE, timeout: 10_000, attempts: 2, total: 20_000 };

/**
 * What an answer says, in its body or in the header that servers add to each answer.
 *
 * @see https://docs.github.com/en/enterprise-server/rest/meta/meta#get-apiname-meta-information
 */
function versionText(data: object, headers: Headers): string | null {
  const { installed_version: installed } = data as { installed_version?: unknown };
  if (typeof installed === 'string') return installed;
  const header = headers['x-github-enterprise-version'];
  return typeof header === 'string' ? header : null;
}

/** Asks a GitHub Enterprise Server for its version. Never throws: what cannot be asked is unknown, with the reason. */
export async function askServerVersion(access: ApiAccess, patience: Patience = SOON): Promise<AskedVersion> {
  try {
    const { answer } = await connectApi(access, patience);
    const { data, headers } = await answer('GET /meta', {});
    const text = versionText(data, headers);
    if (text === null) return { kind: 'unknown', reason: `the API at ${access.baseUrl} does not say it` };
    // Such as 3.17.0.rc1.
    const version = parseServerVersion(/^\d+\.\d+/.exec(text)?.[0] ?? '');
    return version === null
      ? { kind: 'unknown', reason: `the API at ${access.baseUrl} says ${inQuotes(text)}` }
      : { kind: 'known', version, text };
  } catch (error) {
    const advice = error instanceof ApiError && error.status === 0 ? `. ${error.advice}` : '';
    const said = inQuotes(errorMessage(error));
    return { kind: 'unknown', reason: `the API at ${access.baseUrl} did not tell it (${said})${advice}` };
  }
}

/** Values in which the version of the server stands where it is known, and what to say about that. */
export interface OnServer<Values> {
  readonly values: Values;
  readonly isKnown: boolean;
  readonly note: string;
}

/**
 * Asks a server for its version, which nobody gave.
 *
 * @param words what the user calls the ways to give a version and to forbid the network.
 */
export async function onServer<Values extends Pick<SharedValues, 'ghes' | 'offline'>>(
  values: Values,
  access: ApiAccess,
  words: { readonly ghes: string; readonly offline: string },
): Promise<OnServer<Values>> {
  const asked: AskedVersion =
    values.offline === true
      ? { kind: 'unknown', reason: `${words.offline} forbids the network` }
      : await askServerVersion(access);
  if (asked.kind === 'known') {
    const note = `The report is for GitHub Enterprise Server ${visible(asked.text)}: that is what ${access.baseUrl} says it is.`;
    return { values: { ...values, ghes: asked.version }, isKnown: true, note };
  }
  const note =
    `The version of this GitHub Enterprise Server is not known: ${asked.reason}. The report is for github.com, whose ` +
    `permissions and defaults differ. Set ${words.ghes} to the version, such as 3.17.`;
  return { values, isKnown: false, note };
}
