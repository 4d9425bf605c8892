import type { Permissions } from '../model/permission.ts';
import type { ReportedJob } from '../model/report.ts';
import { isMore } from '../permissions/access-level.ts';
import { editBlock } from './edit-block.ts';
import type { WantedBlock } from './edit-block.ts';
import type { FileJobs } from './file-jobs.ts';
import { insertBlock } from './insert-block.ts';
import { partsOf } from './fix-parts.ts';
import type { EditedBlock, FixPart } from './fix-parts.ts';
import { layoutOf } from './layout.ts';
import type { TargetBlock } from './layout.ts';
import { fileText, NotEdited } from './places.ts';
import type { FileText, Holder } from './places.ts';
import { reasonsFor } from './reason.ts';
import { levelIn, namesIn } from './same-permissions.ts';
import { sameElsewhere } from './same-elsewhere.ts';
import { applyEdits } from './text-edit.ts';
import type { TextEdit } from './text-edit.ts';
import { lineAt } from './text-lines.ts';

/** A job, or a file, that was not changed although it should be. `line` is counted from 1. */
export interface Refused {
  readonly path: string;
  readonly line: number;
  readonly reason: string;
}

/** A workflow file with the blocks that it is to have. */
export interface FixedFile {
  readonly path: string;
  /** Without a byte order mark, as `after`. */
  readonly before: string;
  readonly after: string;
  readonly parts: readonly FixPart[];
  /** By job id: what the block gives that applies to it in the new text; `null` when the file has none for it. */
  readonly announced: ReadonlyMap<string, Permissions | null>;
  /** A job gets more of a permission than the file gave it. */
  readonly raises: boolean;
  /** Where the first change stands, for what is to be said about the file. */
  readonly line: number;
}

/** What came of one file. */
export interface FileFix {
  /** `null` when nothing is to be changed, or nothing can be. */
  readonly fixed: FixedFile | null;
  readonly refused: readonly Refused[];
}

/** Changes the blocks of one file, as far as it is known how they should be and as far as they can be changed. */
export function fixFile(text: string, file: FileJobs): FileFix {
  const { path, jobs } = file;
  if (jobs.every(({ suggested }) => suggested === null)) return { fixed: null, refused: [] };
  const refused: Refused[] = [];
  let parsed: FileText;
  try {
    parsed = fileText(text);
  } catch (error) {
    return { fixed: null, refused: [{ path, line: 1, reason: reasonOf(error) }] };
  }
  const step = ' '.repeat(stepOf(parsed));
  // A block that cannot be changed stays, and the others are laid out anew around it.
  const frozen = new Set<string | null>();
  for (;;) {
    const targets = layoutOf(laidOut(file, parsed, frozen), {
      hasBlock: parsed.root.block !== null,
      isOnlyCalled: file.isOnlyCalled,
      isFixed: frozen.has(null),
    });
    if (targets.length === 0) return { fixed: null, refused };
    const blocks: EditedBlock[] = [];
    const before = frozen.size;
    for (const target of targets) {
      try {
        blocks.push({ target, edits: editsFor(target, parsed, file, step) });
      } catch (error) {
        const reason = reasonOf(error);
        frozen.add(target.owner);
        // In place of the block of the workflow, the jobs get blocks of their own.
        if (target.owner !== null) refused.push({ path, line: lineOf(target.owner, file), reason });
      }
    }
    if (frozen.size > before) continue;
    const edits = blocks.flatMap((block) => block.edits);
    const after = applyEdits(text, edits);
    const line = Math.min(...edits.map(({ start }) => lineNumber(parsed, start)));
    if (!sameElsewhere(text, after)) {
      const reason = 'The change would change more than the blocks: the file has an unusual form.';
      return { fixed: null, refused: [...refused, { path, line, reason }] };
    }
    const announced = announcedBy(targets, file, parsed);
    const raising = raisedIn(file, announced);
    const bare = file.jobs.filter(({ id }) => !hasBlock(parsed, id)).map(({ id }) => id);
    const parts = partsOf(blocks, bare, raising);
    return { fixed: { path, before: text, after, parts, announced, raises: raising.size > 0, line }, refused };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NotEdited) return error.message;
  throw error;
}

function laidOut({ jobs }: FileJobs, parsed: FileText, frozen: ReadonlySet<string | null>) {
  return jobs.map(({ id, declared, suggested }) => ({
    id,
    hasBlock: hasBlock(parsed, id),
    declared,
    suggested: frozen.has(id) ? null : suggested,
  }));
}

function hasBlock({ jobs }: FileText, id: string): boolean {
  return (jobs.get(id)?.block ?? null) !== null;
}

function holderOf({ owner }: TargetBlock, parsed: FileText): Holder {
  const holder = owner === null ? parsed.root : parsed.jobs.get(owner);
  if (holder === undefined) throw new NotEdited('The job is written in an unusual form.');
  return holder;
}

function editsFor(target: TargetBlock, parsed: FileText, file: FileJobs, step: string): readonly TextEdit[] {
  const holder = holderOf(target, parsed);
  const reported = file.jobs.filter(({ id }) => target.jobs.includes(id)).flatMap((job) => job.reported);
  const wanted = wantedBlock(target, reported);
  return holder.block === null ? [insertBlock(parsed, holder, wanted, step)] : editBlock(parsed, holder, wanted, step);
}

function wantedBlock({ owner, permissions, jobs }: TargetBlock, reported: readonly ReportedJob[]): WantedBlock {
  const whyEmpty =
    owner === null && jobs.length === 0 ? 'each job has a block of its own' : 'no step needs a permission';
  return { permissions, reasons: reasonsFor(permissions, reported), whyEmpty };
}

function announcedBy(
  targets: readonly TargetBlock[],
  { jobs }: FileJobs,
  parsed: FileText,
): ReadonlyMap<string, Permissions | null> {
  const byOwner = new Map(targets.map(({ owner, permissions }) => [owner, permissions]));
  return new Map(
    jobs.map(({ id, declared }) => {
      const inherited = hasBlock(parsed, id) ? declared : (byOwner.get(null) ?? declared);
      return [id, byOwner.get(id) ?? inherited];
    }),
  );
}

/** The jobs that get more of a permission than the file gave them. One without a block asks its caller for nothing. */
function raisedIn({ jobs }: FileJobs, announced: FixedFile['announced']): ReadonlySet<string> {
  const raised = jobs.filter(({ id, declared }) => {
    const permissions = announced.get(id) ?? {};
    return namesIn(permissions).some((name) => isMore(levelIn(permissions, name), levelIn(declared ?? {}, name)));
  });
  return new Set(raised.map(({ id }) => id));
}

/** By how much the jobs are indented. */
function stepOf({ jobs, lines, text, jobsKey }: FileText): number {
  const [first] = [...jobs.values()].flatMap(({ key }) => key ?? []);
  if (first === undefined) return 2;
  const [outer, inner] = [jobsKey, first].map(({ start }) => lines[lineAt(lines, start)]?.start ?? 0);
  const [key, job] = [text.slice(outer, jobsKey.start), text.slice(inner, first.start)];
  const step = job.length - key.length;
  return job.trim() === '' && step > 0 && step <= 8 ? step : 2;
}

function lineOf(owner: string, { jobs }: FileJobs): number {
  return jobs.find(({ id }) => id === owner)?.reported[0]?.position.line ?? 1;
}

function lineNumber({ lines }: FileText, offset: number): number {
  return lineAt(lines, offset) + 1;
}
