import type { Issue } from './issues.ts';

/** Something to look at, and others of which the very same is said of other files. */
export interface AlikeIssues {
  readonly issue: Issue;
  readonly others: readonly Issue[];
}

/** Fewer than so many are told one by one. */
const MANY = 4;

/** What a rule says of every file alike; what is left when the names of the jobs are taken away. */
const SAID: Readonly<Record<string, (message: string) => string>> = {
  'missing-permissions': (message) => message.replace(/^.*?: /, ''),
  'blanket-permissions': (message) => message.replace(/ the jobs? .*?(?= \d)/, ''),
};

/**
 * Puts issues together that a reader mends in the same way, file by file, so that a repository in which nobody has
 * written a block yet is not told so a hundred times over. None is left out.
 */
export function foldAlike(issues: readonly Issue[]): readonly AlikeIssues[] {
  const alike = new Map<string, Issue[]>();
  for (const issue of issues) {
    const key = keyOf(issue);
    if (key !== null) alike.set(key, [...(alike.get(key) ?? []), issue]);
  }
  return issues.flatMap((issue): readonly AlikeIssues[] => {
    const same = alike.get(keyOf(issue) ?? '') ?? [];
    if (same.length < MANY) return [{ issue, others: [] }];
    return same[0] === issue ? [{ issue, others: same.slice(1) }] : [];
  });
}

function keyOf({ level, rule, message }: Issue): string | null {
  const said = SAID[rule];
  return said === undefined ? null : JSON.stringify([level, rule, said(message)]);
}

/** Takes one of them and returns where it is and what to write there, in one line. */
export function alikeLine({ path, line, advice }: Issue): string {
  const blocks = advice.flatMap(({ permissions }) => (permissions === undefined ? [] : [permissions]));
  const [block, ...more] = blocks;
  const place = `${path}:${line}`;
  if (block === undefined) return place;
  const entries = Object.entries(block).map(([permission, level]) => `${permission}: ${level}`);
  const written = entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  const rest = more.length === 0 ? '' : `, and ${more.length} at jobs that call workflows`;
  return `${place} permissions: ${written}${rest}`;
}
