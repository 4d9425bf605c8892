import type { Report } from '../model/report.ts';
import type { WorkflowSource } from '../model/source.ts';
import { jobsOfFiles } from './file-jobs.ts';
import type { FileJob } from './file-jobs.ts';
import { fixFile } from './fix-file.ts';
import type { FixedFile, Refused } from './fix-file.ts';
import { patchOf } from './patch.ts';
import { samePermissions } from './same-permissions.ts';
import { failedFixes } from './verify.ts';

/** The bytes of a workflow file, as they are and as they are to be, and the patch between them. */
export interface Change {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly patch: string;
}

/** What is to be changed, what is not although it should be, and the report of the files with the changes. */
export interface FixPlan {
  readonly changes: readonly Change[];
  readonly refused: readonly Refused[];
  readonly report: Report;
}

/** What a plan needs beside the files and their report. */
export interface FixWorld {
  /** Makes the report of other contents of the same files, in the way in which the first one was made. */
  readonly recheck: (sources: readonly WorkflowSource[]) => Promise<Report>;
  /** Why a file cannot be written, in one sentence; `null` when it can. */
  readonly cannotWrite: (path: string) => string | null;
}

const MARK = '\ufeff';

/**
 * Plans the changes that give each job what is suggested for it. Every change was checked: the new text is a workflow
 * that GitHub accepts, says the same elsewhere, and computes to what was announced; a file of which that is not so
 * stays as it is, and the others are checked again without it.
 */
export async function planFix(
  sources: readonly WorkflowSource[],
  report: Report,
  { recheck, cannotWrite }: FixWorld,
): Promise<FixPlan> {
  const refused: Refused[] = [];
  const fixes = new Map<string, FixedFile>();
  const texts = new Map<string, string>();
  const files = new Map(jobsOfFiles(report).map((file) => [file.path, file]));
  for (const source of sources) {
    const file = files.get(source.path);
    const text = 'bytes' in source ? textOf(source.bytes) : null;
    if (file === undefined) continue;
    if (text === null) {
      const reason = 'The file is not UTF-8, so that it cannot be written again as it is.';
      if (file.jobs.some(isWrong)) refused.push({ path: file.path, line: 1, reason });
      continue;
    }
    texts.set(source.path, text);
    const { fixed, refused: parts } = fixFile(text.replace(MARK, ''), file);
    refused.push(...parts);
    if (fixed === null) continue;
    const reason = cannotWrite(source.path);
    if (reason === null) fixes.set(source.path, fixed);
    else refused.push({ path: source.path, line: fixed.line, reason });
  }
  const checked = await verified(sources, report, fixes, { recheck, texts, refused });
  return {
    changes: sources.flatMap((source) => {
      const fixed = fixes.get(source.path);
      if (fixed === undefined || !('bytes' in source)) return [];
      const { path, bytes } = source;
      return [{ path, before: bytes, after: newBytes(fixed, texts), patch: patchWithMark(fixed, texts) }];
    }),
    refused: [...refused].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line)),
    report: checked,
  };
}

/** Takes those out of `fixes` that do not give what they should, until all others do. */
async function verified(
  sources: readonly WorkflowSource[],
  report: Report,
  fixes: Map<string, FixedFile>,
  {
    recheck,
    texts,
    refused,
  }: Pick<FixWorld, 'recheck'> & { readonly texts: ReadonlyMap<string, string>; readonly refused: Refused[] },
): Promise<Report> {
  while (fixes.size > 0) {
    const changed = sources.map((source) => {
      const fixed = fixes.get(source.path);
      return fixed === undefined ? source : { path: source.path, bytes: newBytes(fixed, texts) };
    });
    const after = await recheck(changed);
    const failed = failedFixes(report, after, fixes);
    if (failed.length === 0) return after;
    for (const { path, reason } of failed) {
      const fixed = fixes.get(path);
      if (fixed === undefined) continue;
      fixes.delete(path);
      refused.push({ path, line: fixed.line, reason });
    }
  }
  return report;
}

function isWrong({ declared, suggested }: FileJob): boolean {
  return suggested !== null && !samePermissions(declared, suggested);
}

/** `null` for what is not UTF-8: its bytes could not be written again as they are. */
function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function newBytes({ path, after }: FixedFile, texts: ReadonlyMap<string, string>): Uint8Array {
  return new TextEncoder().encode(`${markOf(path, texts)}${after}`);
}

/** A byte order mark is a character of the first line. */
function patchWithMark({ path, before, edits }: FixedFile, texts: ReadonlyMap<string, string>): string {
  const mark = markOf(path, texts);
  const moved = edits.map(({ start, end, text }) => ({ start: start + mark.length, end: end + mark.length, text }));
  return patchOf(path, `${mark}${before}`, moved);
}

function markOf(path: string, texts: ReadonlyMap<string, string>): string {
  return texts.get(path)?.startsWith(MARK) === true ? MARK : '';
}
