/** One piece of a pattern. */
type Piece =
  | { readonly kind: 'one'; readonly matches: (character: string) => boolean }
  /** `*` stays within an element, `**` does not. */
  | { readonly kind: 'many'; readonly crossesSlash: boolean };

/** A pattern that was read, or why it cannot be. */
export type Glob =
  | { readonly pieces: readonly Piece[] }
  | { readonly error: string; /** What to write instead. */ readonly hint?: string };

/** A policy has some dozens. */
const known = new Map<string, Glob>();
const MOST_KNOWN = 1000;

/** Reads a pattern: `*` within one element of a path, `**` across `/`, `?` for one character, `[a-z]`, `[!a-z]`. */
export function readGlob(pattern: string): Glob {
  let glob = known.get(pattern);
  if (glob === undefined) {
    glob = read(pattern);
    if (known.size < MOST_KNOWN) known.set(pattern, glob);
  }
  return glob;
}

/** Whether a pattern matches a whole text. Takes time in proportion to both, whatever they are. */
export function matchesGlob(pattern: string, text: string): boolean {
  const glob = readGlob(pattern);
  if ('error' in glob) return false;
  const { pieces } = glob;
  let at = passMany(pieces, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const index of at) {
      const piece = pieces[index];
      if (piece?.kind === 'one' && piece.matches(character)) next.add(index + 1);
      if (piece?.kind === 'many' && (piece.crossesSlash || character !== '/')) next.add(index);
    }
    at = passMany(pieces, next);
  }
  return at.has(pieces.length);
}

/** A piece that stands for many characters may stand for none. */
function passMany(pieces: readonly Piece[], at: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(at);
  for (const index of all) {
    if (pieces[index]?.kind === 'many') all.add(index + 1);
  }
  return all;
}

/** Whether a pattern matches one text alone: itself. */
export function isLiteral(pattern: string): boolean {
  return !/[*?[]/.test(pattern);
}

function read(pattern: string): Glob {
  const foreign = foreignSyntax(pattern);
  if (foreign !== null) return foreign;
  const characters = Array.from(pattern);
  const pieces: Piece[] = [];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? '';
    if (character === '*') {
      const isDouble = characters[index + 1] === '*';
      if (isDouble && characters[index + 2] === '*') return { error: 'there are more than two `*` in a row' };
      if (isDouble) index++;
      pieces.push({ kind: 'many', crossesSlash: isDouble });
    } else if (character === '?') {
      pieces.push({ kind: 'one', matches: (one) => one !== '/' });
    } else if (character === '[') {
      const end = characters.indexOf(']', index + (characters[index + 1] === '!' ? 3 : 2));
      if (end < 0) return { error: 'a `[` has no `]`' };
      const matches = characterClass(characters.slice(index + 1, end));
      const written = `\`${characters.slice(index, end + 1).join('')}\``;
      if (characters.slice(index, end).includes('/'))
        return { error: `the brackets in ${written} never match a \`/\`` };
      if (matches === null) return { error: `the range in ${written} is upside down` };
      pieces.push({ kind: 'one', matches });
      index = end;
    } else {
      pieces.push({ kind: 'one', matches: (one) => one === character });
    }
  }
  return { pieces };
}

/** What other tools write in patterns and what would match nothing here. */
function foreignSyntax(pattern: string): { readonly error: string; readonly hint?: string } | null {
  if (pattern === '') return { error: 'it is empty' };
  if (pattern.startsWith('./')) {
    return { error: 'paths begin at the root of the repository', hint: `Write ${pattern.slice(2)}.` };
  }
  if (pattern.startsWith('/')) {
    return { error: 'no path begins with `/`', hint: `Write ${pattern.replace(/^\/+/, '')}.` };
  }
  if (pattern.endsWith('/'))
    return { error: 'no path ends with `/`', hint: `Write ${pattern}** for all that is in it.` };
  if (pattern.includes('//')) return { error: 'no path has `//` in it' };
  if (pattern.startsWith('!')) {
    return {
      error: 'a `!` in front excludes nothing',
      hint: 'Write an entry for the others below: the last one wins.',
    };
  }
  if (hasAlternatives(pattern)) {
    return { error: 'there are no alternatives in braces', hint: 'Write a list of patterns.' };
  }
  return null;
}

/** Whether braces hold a comma. A brace in brackets stands for itself, and brackets end with the last `]` at the latest. */
function hasAlternatives(pattern: string): boolean {
  const end = pattern.lastIndexOf(']') + 1;
  const bare = pattern.slice(0, end).replaceAll(/\[.[^\]]*\]/gu, '') + pattern.slice(end);
  const closed = bare.split('}').slice(0, -1);
  return closed.some((part) => part.includes('{') && part.includes(',', part.indexOf('{')));
}

/** What stands in brackets: characters, ranges, and `!` in front for all others; never a `/`. */
function characterClass(content: readonly string[]): ((character: string) => boolean) | null {
  const isNegated = content[0] === '!';
  const members = isNegated ? content.slice(1) : content;
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index < members.length; index++) {
    const from = members[index] ?? '';
    const isRange = members[index + 1] === '-' && index + 2 < members.length;
    const to = isRange ? (members[index + 2] ?? '') : from;
    const range = [codePoint(from), codePoint(to)] as const;
    if (range[1] < range[0]) return null;
    ranges.push(range);
    if (isRange) index += 2;
  }
  return (one) =>
    one !== '/' && ranges.some(([from, to]) => from <= codePoint(one) && codePoint(one) <= to) !== isNegated;
}

function codePoint(character: string): number {
  return character.codePointAt(0) ?? 0;
}
