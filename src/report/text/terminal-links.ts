import { rulePage } from '../../policy/rule-table.ts';

/** Where the links of a text lead. */
export interface Links {
  /** The address of the folder that was checked, with `/` at its end. */
  readonly files: string;
  /** Whether an address of a file ends with `:LINE:COLUMN`, as that of an editor does. */
  readonly hasLines: boolean;
  /** Where the documentation is, without `/` at its end; `null` where that is not known. */
  readonly home: string | null;
}

/** The address of a place in a file of the folder; `undefined` for a file that lies elsewhere. */
export function fileLink(
  { files, hasLines }: Links,
  { path, line, column }: { readonly path: string; readonly line: number; readonly column: number },
): string | undefined {
  if (!path.startsWith('.github/')) return undefined;
  const segments = path.replaceAll(/\p{Cs}/gu, '\ufffd').split('/');
  return `${files}${segments.map(encodeURIComponent).join('/')}${hasLines ? `:${line}:${column}` : ''}`;
}

/** The address of a rule's page; `undefined` where it is not known. */
export function ruleLink({ home }: Links, rule: string): string | undefined {
  return home === null ? undefined : `${home}/${encodeURIComponent(rulePage(rule)).replaceAll('%2F', '/')}`;
}

/**
 * Text as a link of a terminal (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). The text has no
 * control characters, and what is none of an address is left out of it.
 */
export function terminalLink(text: string, address: string): string {
  const safe = address.replaceAll(/[^!-~]/g, '');
  return `\u001b]8;;${safe}\u001b\\${text}\u001b]8;;\u001b\\`;
}
