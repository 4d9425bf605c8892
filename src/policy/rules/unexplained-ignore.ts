import { didYouMean } from '../../words/nearest-word.ts';
import { isExplained } from '../ignores.ts';
import type { Ignore } from '../ignores.ts';
import { ruleNames } from '../rule-table.ts';
import type { Violation } from '../rule.ts';

/** The rule `unexplained-ignore`: a comment that names no rule, one that does not exist, or no reason, excuses nothing. */
export function unexplainedIgnore(ignores: readonly Ignore[]): readonly Violation[] {
  return ignores.flatMap((ignore) => {
    const { path, comment } = ignore;
    const { rules, line, column } = comment;
    const place = { path, line, column };
    const unknown = rules.filter((rule) => !ruleNames().includes(rule));
    const written = `ignore[${rules.join(', ')}]`;
    const problem = (message: string, hint?: string): Violation => ({
      cause: `${path}:${written}:${message}`,
      place,
      subjects: [{ workflow: path, job: null, definedIn: path, about: written, places: [] }],
      tell: () => ({ message, ...(hint === undefined ? {} : { hint }) }),
    });
    if (!isExplained(ignore)) {
      const missing = rules.length === 0 ? 'no rule' : 'no reason';
      return [
        problem(
          `This comment names ${missing}, so it excuses nothing.`,
          'Write `# effective-permissions: ignore[RULE] REASON`.',
        ),
      ];
    }
    return unknown.map((rule) =>
      problem(
        `There is no rule '${rule}', so this comment does not excuse it.`,
        didYouMean(rule, ruleNames()).trim() || undefined,
      ),
    );
  });
}
