import type { PermissionsBlock } from '../../model/permission.ts';
import type { Position } from '../../model/position.ts';
import type { WorkflowFile } from '../../model/workflow.ts';
import type { Rule, Subject, Violation } from '../rule.ts';
import { listed } from '../../words/in-words.ts';

/** A line of a block that gives something. */
interface Line {
  readonly subject: Subject;
  readonly written: string;
  readonly position: Position;
}

/** The rule `undocumented-permission`: a line of a block without a comment that says why. One finding a block. */
export const undocumentedPermission: Rule = {
  name: 'undocumented-permission',
  check: ({ workflows }) =>
    workflows.flatMap(({ file, report }) => (report.outcome === 'invalid' ? [] : violationsIn(file))),
};

function violationsIn({ path, workflow }: WorkflowFile): readonly Violation[] {
  return [
    ...violationIn(path, null, workflow.permissions),
    ...workflow.jobs.flatMap(({ id, permissions }) => violationIn(path, id, permissions)),
  ];
}

function violationIn(path: string, job: string | null, block: PermissionsBlock | null): readonly Violation[] {
  if (block === null) return [];
  const lines = linesWithout(path, job, block);
  const [first, ...others] = lines;
  if (first === undefined) return [];
  const written = new Map(lines.map((line) => [line.subject, line.written]));
  return [
    {
      cause: `${path}:${job ?? ''}`,
      place: { path, ...first.position },
      subjects: [first.subject, ...others.map(({ subject }) => subject)],
      tell: (subjects) => ({
        message: `Nothing says why ${listed(subjects.map((subject) => `\`${written.get(subject) ?? ''}\``))} ${subjects.length === 1 ? 'is' : 'are'} needed.`,
        hint: `Say it in a comment beside the line or above it, such as \`${written.get(subjects[0] ?? first.subject) ?? ''} # for the step that …\`.`,
      }),
    },
  ];
}

/** Lines without a comment. What gives nothing needs no reason. */
function linesWithout(path: string, job: string | null, { shorthand, entries }: PermissionsBlock): readonly Line[] {
  // Any comment at a line says something: an ignore comment, too.
  const base = { workflow: path, job: job === null ? null : [job], definedIn: path, places: [] };
  const line = (written: string, position: Position, more: Partial<Subject>): Line => ({
    subject: { ...base, ...more },
    written,
    position,
  });
  if (shorthand?.comment === null) {
    return [line(`permissions: ${shorthand.value}`, shorthand.position, { about: shorthand.value })];
  }
  return entries
    .filter(({ level, comment }) => level !== 'none' && comment === null)
    .map(({ permission, level, position }) =>
      line(`${permission}: ${level}`, position, { permission, granted: level }),
    );
}
