/** One line of a git configuration. Sections and keys are in lower case, as git compares them. */
export interface GitConfigEntry {
  readonly section: string;
  /** `origin` in `[remote "origin"]`; empty when there is none. */
  readonly subsection: string;
  readonly key: string;
  readonly value: string;
}

const SECTION = /^\s*\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)"\s*)?\]/;
const ASSIGNMENT = /^\s*([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/s;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/** A value without its quotes, escapes, comment and spaces at the end. */
function unquote(text: string): string {
  let value = '';
  let inQuotes = false;
  // Spaces at the end of a value count only when they stand in quotes.
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (character === '"') {
      inQuotes = !inQuotes;
      length = value.length;
    } else if (character === '\\') {
      index += 1;
      const escaped = text[index] ?? '';
      value += ESCAPES[escaped] ?? escaped;
      length = value.length;
    } else if (!inQuotes && (character === '#' || character === ';')) {
      break;
    } else {
      value += character;
      if (inQuotes || !/\s/.test(character)) length = value.length;
    }
  }
  return value.slice(0, length);
}

/**
 * Reads the text of a git configuration file (https://git-scm.com/docs/git-config#_syntax). Files that it includes are
 * not read, and lines that make no sense are passed over.
 */
export function parseGitConfig(text: string): readonly GitConfigEntry[] {
  const entries: GitConfigEntry[] = [];
  let section = '';
  let subsection = '';
  // A backslash at the end of a line continues it.
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const header = SECTION.exec(line);
    if (header) {
      section = (header[1] ?? '').toLowerCase();
      subsection = (header[2] ?? '').replace(/\\(.)/g, '$1');
    }
    const [, key, value = 'true'] = ASSIGNMENT.exec(line.slice(header?.[0].length ?? 0)) ?? [];
    if (key !== undefined) entries.push({ section, subsection, key: key.toLowerCase(), value: unquote(value) });
  }
  return entries;
}
