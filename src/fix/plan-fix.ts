import type { Report } from '../model/report.ts';
import type { WorkflowSource } from '../model/source.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { fixerOf, markOf, newBytes } from './fix-all.ts';
import type { AllFixes, FixAll } from './fix-all.ts';
import type { FixedFile, Refused } from './fix-file.ts';
import { withLaterSuggestions } from './later-suggestions.ts';
import { patchOf } from './patch.ts';
import { failedFixes } from './verify.ts';

/** The bytes of a workflow file, as they are and as they are to be, and the patch between them. */
export interface Change extends Pick<FixedFile, 'path' | 'parts'> {
  /** What the parts are edits of: the old bytes as a text, without a byte order mark. */
  readonly text: string;
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

/** A change of a called workflow changes what its callers have to give, and so on up the chain, which has ten levels. */
const MOST_ROUNDS = 12;

/**
 * Plans the changes that give each job what is suggested for it. Every change was checked: the new text is a workflow
 * that GitHub accepts, says the same elsewhere, and computes to what was announced; a file of which that is not so
 * stays as it is, and the others are planned again without it.
 */
export async function planFix(
  sources: readonly WorkflowSource[],
  report: Report,
  { recheck, cannotWrite }: FixWorld,
): Promise<FixPlan> {
  const fixAll = fixerOf(sources, cannotWrite);
  const recheckWith = (fixes: AllFixes['fixes']) => recheck(changedSources(sources, fixes));
  const failures: Refused[] = [];
  for (;;) {
    const staying = new Set(failures.map(({ path }) => path));
    const { all, wanted, after } = await settled(report, (suggesting) => fixAll(suggesting, staying), recheckWith);
    const failed = failedFixes(wanted, after, all.fixes);
    if (failed.length === 0) {
      const refused = [...all.refused, ...failures].sort((a, b) => byCodeUnit(a.path, b.path) || a.line - b.line);
      return { changes: changesOf(sources, all.fixes), refused, report: after };
    }
    for (const { path, reason } of failed) {
      if (staying.has(path)) continue;
      staying.add(path);
      failures.push({ path, line: all.fixes.get(path)?.line ?? 1, reason });
    }
  }
}

interface Settled {
  readonly all: AllFixes;
  /** The report of the old texts, with the suggestions that the changes follow. */
  readonly wanted: Report;
  /** The report of the new texts. */
  readonly after: Report;
}

/** Changes the files until what is suggested for the new texts is what they have. */
async function settled(
  report: Report,
  fixAll: (report: Report) => ReturnType<FixAll>,
  recheck: (fixes: AllFixes['fixes']) => Promise<Report>,
): Promise<Settled> {
  let wanted = report;
  let all = fixAll(wanted);
  for (let round = 1; all.fixes.size > 0; round++) {
    const after = await recheck(all.fixes);
    const later = withLaterSuggestions(wanted, after);
    const next = fixAll(later);
    if (round === MOST_ROUNDS || sameTexts(next.fixes, all.fixes)) return { all, wanted, after };
    wanted = later;
    all = next;
  }
  return { all, wanted, after: report };
}

function sameTexts(a: AllFixes['fixes'], b: AllFixes['fixes']): boolean {
  return a.size === b.size && [...a].every(([path, { after }]) => b.get(path)?.after === after);
}

function changedSources(sources: readonly WorkflowSource[], fixes: AllFixes['fixes']): readonly WorkflowSource[] {
  return sources.map((source) => {
    const fixed = fixes.get(source.path);
    if (fixed === undefined || !('bytes' in source)) return source;
    return { path: source.path, bytes: newBytes(fixed, source.bytes) };
  });
}

function changesOf(sources: readonly WorkflowSource[], fixes: AllFixes['fixes']): readonly Change[] {
  return sources.flatMap((source) => {
    const fixed = fixes.get(source.path);
    if (fixed === undefined || !('bytes' in source)) return [];
    const { bytes } = source;
    const { path, before: text, parts } = fixed;
    return [
      { path, text, parts, before: bytes, after: newBytes(fixed, bytes), patch: patchWithMark(fixed, markOf(bytes)) },
    ];
  });
}

function patchWithMark({ path, before, parts }: FixedFile, mark: string): string {
  const edits = parts.flatMap((part) => part.edits);
  const moved = edits.map(({ start, end, text }) => ({ start: start + mark.length, end: end + mark.length, text }));
  return patchOf(path, `${mark}${before}`, moved);
}
