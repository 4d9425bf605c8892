import type { ChangedPart } from '../gate/gate-change.ts';
import type { Rule } from '../rule.ts';

/** The rule `gate-changed`: a pull request changes the very step that runs this check. */
export const gateChanged: Rule = {
  name: 'gate-changed',
  check: ({ gateChange }) => {
    if (gateChange === undefined) return [];
    const { place, job, isMoved, parts } = gateChange;
    const { path } = place;
    return [
      {
        cause: `${path}:${(job ?? []).join('/')}`,
        place,
        subjects: [
          {
            workflow: path,
            job,
            definedIn: path,
            about: isMoved ? 'moved' : parts.map(({ name }) => name).join(),
            places: [],
          },
        ],
        tell: () => ({
          message: isMoved
            ? 'This pull request moves or copies the step that runs this check: the base branch has it, but not at this place. None of its inputs counts.'
            : `This pull request changes the step that runs this check: ${parts.map(words).join(', ')}. The inputs of the base branch count.`,
          hint:
            'Leave the step as the base branch has it. To change it, let somebody who may bypass the required check merge it, ' +
            'or except it in the policy of the base branch first.',
        }),
      },
    ];
  },
};

/** A longer value would hide the others. */
const MOST = 60;

function words({ name, before, after }: ChangedPart): string {
  const quoted = (text: string): string => `'${text.length > MOST ? `${text.slice(0, MOST)}…` : text}'`;
  if (before === null && after === null) return `\`${name}\``;
  if (before === null) return `\`${name}\` (${quoted(after ?? '')}, not given before)`;
  return after === null
    ? `\`${name}\` (${quoted(before)}, removed)`
    : `\`${name}\` (${quoted(before)}, now ${quoted(after)})`;
}
