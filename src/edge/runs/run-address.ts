import { inQuotes } from '../output/in-quotes.ts';
import { splitRepositoryName, type RepositoryName } from '../command-line/option-values.ts';
import { ToolError } from '../tool-error.ts';

/** Which run is meant, as far as the user wrote it. */
export interface RunAddress {
  readonly id: string;
  /** `null` for the last one. */
  readonly attempt: string | null;
  /** Where the address says that the run is; `null` for a number alone. */
  readonly at: { readonly host: string; readonly repository: RepositoryName } | null;
}

/** `/OWNER/NAME/actions/runs/ID`, with an attempt or a job behind it. */
const PATH = /^\/([^/]+\/[^/]+)\/actions\/runs\/(\d{1,19})(?:\/attempts\/(\d{1,9}))?(?:\/.*)?$/;

/**
 * Reads the number of a run, or the address of its page.
 *
 * @throws ToolError that shows both forms.
 */
export function runAddress(text: string): RunAddress {
  if (/^\d{1,19}$/.test(text)) return { id: text, attempt: null, at: null };
  const written = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  const url = URL.canParse(written) ? new URL(written) : null;
  const [, name = '', id, attempt] = PATH.exec(url?.pathname ?? '') ?? [];
  const repository = splitRepositoryName(name);
  if (url === null || id === undefined || repository === null || !/^https?:$/.test(url.protocol)) {
    throw new ToolError(
      `${inQuotes(text)} is not a run. Give its number, such as 17390611213, or the address of its page, such as ` +
        'https://github.com/octo-org/octo-repo/actions/runs/17390611213.',
    );
  }
  return { id, attempt: attempt ?? null, at: { host: url.host.toLowerCase(), repository } };
}
