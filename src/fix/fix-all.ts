import type { Report } from '../model/report.ts';
import type { WorkflowSource } from '../model/source.ts';
import { jobsOfFiles } from './file-jobs.ts';
import type { FileJob, FileJobs } from './file-jobs.ts';
import { fixFile } from './fix-file.ts';
import type { FileFix, FixedFile, Refused } from './fix-file.ts';
import { samePermissions } from './same-permissions.ts';

/** The changes of all files, by path, and what cannot be changed. */
export interface AllFixes {
  readonly fixes: ReadonlyMap<string, FixedFile>;
  readonly refused: readonly Refused[];
}

/** Changes all files but those of which it is known that they stay, as a report suggests. */
export type FixAll = (report: Report, staying: ReadonlySet<string>) => AllFixes;

const MARK = '\ufeff';
const NOT_UTF8 = 'The file is not UTF-8, so that it cannot be written again as it is.';

/** Takes files and why one cannot be written; what it returns reads each text once and changes it when it has to. */
export function fixerOf(sources: readonly WorkflowSource[], cannotWrite: (path: string) => string | null): FixAll {
  const texts = new Map(sources.flatMap((source) => ('bytes' in source ? [[source.path, textOf(source.bytes)]] : [])));
  const known = new Map<string, { readonly suggested: string; readonly fix: FileFix }>();
  return (report, staying) => {
    const fixes = new Map<string, FixedFile>();
    const refused: Refused[] = [];
    for (const file of jobsOfFiles(report)) {
      const { path } = file;
      const text = texts.get(path);
      if (text === undefined || staying.has(path)) continue;
      const { fixed, refused: parts } = fixOf(file, text);
      const reason = fixed === null ? null : cannotWrite(path);
      refused.push(...parts);
      if (fixed === null) continue;
      if (reason === null) fixes.set(path, fixed);
      else refused.push({ path, line: fixed.line, reason });
    }
    return { fixes, refused };
  };

  function fixOf(file: FileJobs, text: string | null): FileFix {
    const suggested = JSON.stringify(file.jobs.map((job) => job.suggested));
    const before = known.get(file.path);
    if (before?.suggested === suggested) return before.fix;
    const fix = text === null ? notUtf8(file) : fixFile(text.replace(MARK, ''), file);
    known.set(file.path, { suggested, fix });
    return fix;
  }
}

/** The bytes of a changed file; a byte order mark stays. */
export function newBytes({ after }: FixedFile, before: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`${markOf(before)}${after}`);
}

/** The byte order mark of a file, as a character of its first line; empty without one. */
export function markOf(bytes: Uint8Array): string {
  return textOf(bytes.subarray(0, 3)) === MARK ? MARK : '';
}

function notUtf8({ path, jobs }: FileJobs): FileFix {
  return { fixed: null, refused: jobs.some(isWrong) ? [{ path, line: 1, reason: NOT_UTF8 }] : [] };
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
