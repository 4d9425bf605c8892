import { createHash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';

import type { AuditLine } from '../../model/audit.ts';
import { repositoryKey } from '../../organization/lost.ts';
import type { RepositoryFacts } from '../../organization/facts.ts';
import { isReport, newTables, repositoryFacts, type Tables } from '../../organization/repository-facts.ts';
import { triedLine, type TriedLine } from '../../organization/tried.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { linesOfFile } from './lines-of-file.ts';

/** What is kept of a line: small facts, and where to read it again. */
export interface KeptLine {
  readonly facts: RepositoryFacts;
  readonly tried: TriedLine | null;
  /** In which of the files. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
  /** Which of several lines of one repository is taken: the highest. */
  readonly rank: string;
}

/** What the lines of some files say. */
export interface ReadLines {
  /** By `repositoryKey`. */
  readonly kept: ReadonlyMap<string, KeptLine>;
  readonly tables: Tables;
  /** The newest table of permissions that a report was computed by. */
  readonly permissionsTable: string | null;
  /** What somebody should know of the files, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads the lines of an audit, one after the other. Of several for one repository and branch, one is taken, whichever
 * file it is in: a report before an error, then any that is always the same.
 *
 * @throws ToolError with the file and the line of what is no line of an audit.
 */
export function readLines(files: readonly string[]): ReadLines {
  const kept = new Map<string, KeptLine>();
  const tables = newTables();
  const notes: string[] = [];
  const differing = new Set<string>();
  let permissionsTable: string | null = null;
  for (const file of files) {
    const descriptor = openFile(file);
    try {
      for (const { number, offset, bytes, isEnded } of linesOfFile(descriptor)) {
        const text = bytes.toString('utf8');
        if (text.trim() === '') continue;
        const line = parsed(text, isEnded, { path: file, line: number });
        if (line === null) {
          notes.push(`${file}:${number}: The last line is cut off. It counts as not there.`);
          continue;
        }
        const key = repositoryKey(line.audit);
        const rank = rankOf(line, bytes);
        const before = kept.get(key);
        if (before !== undefined && before.rank !== rank && before.rank[0] === rank[0]) differing.add(key);
        if (isReport(line) && line.permissionsTable > (permissionsTable ?? ''))
          permissionsTable = line.permissionsTable;
        if (before !== undefined && before.rank >= rank) continue;
        const place = { path: file, line: number };
        const facts = shaped(place, () => ({ facts: repositoryFacts(line, tables), tried: triedLine(line) }));
        kept.set(key, { ...facts, file, offset, length: bytes.length, rank });
      }
    } finally {
      closeSync(descriptor);
    }
  }
  for (const key of [...differing].sort()) {
    const [repository = ''] = key.split('\n');
    notes.push(`${repository}: Several lines of it differ. One of them is taken.`);
  }
  return { kept, tables, permissionsTable, notes };
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT') throw new ToolError(`There is no file ${inQuotes(file)}.`, { path: file });
    throw new ToolError(`${file} could not be read (${code ?? errorMessage(error)}).`, { path: file });
  }
}

interface LinePlace {
  readonly path: string;
  readonly line: number;
}

/** The line, or `null` for the end of a file that was being written. */
function parsed(text: string, isEnded: boolean, place: LinePlace): AuditLine | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!isEnded) return null;
    throw new ToolError(
      `${place.path}:${place.line}: This line is no JSON (${errorMessage(error)}). Run its shard again.`,
      place,
    );
  }
  const problem = problemOf(value);
  if (problem === null) return value as AuditLine;
  const message = `${place.path}:${place.line}: ${problem} This takes what an audit, or check --all, writes with --format jsonl.`;
  throw new ToolError(message, place);
}

/** Why a value is no line of an audit, in one sentence; `null` when it is one. */
function problemOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'This line is no JSON object.';
  const { schemaVersion, audit, error, workflows, findings, suppressed } = value as Record<string, unknown>;
  if (typeof schemaVersion === 'number' && schemaVersion !== 1) {
    return `This line has the schema version ${schemaVersion}, which this version does not know.`;
  }
  if (typeof audit !== 'object' || audit === null) return 'This line does not say which repository it is of.';
  const { repository, branch } = audit as Record<string, unknown>;
  const isNamed = typeof repository === 'string' && (typeof branch === 'string' || branch === null);
  if (!isNamed) return 'This line does not say which repository it is of.';
  const isFailed = typeof error === 'object' && error !== null;
  const isWhole = [workflows, findings, suppressed].every(Array.isArray);
  return isFailed || isWhole ? null : 'This line has neither a report nor an error.';
}

/** A line that is not what it seems is a line of nobody's, and not a mistake of ours. */
function shaped<Result>(place: LinePlace, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const message = `${place.path}:${place.line}: This is no whole report of an audit (${errorMessage(error)}).`;
    throw new ToolError(message, place);
  }
}

/** A report is higher than an error, an error than nothing; of equals, the bytes decide. */
function rankOf(line: AuditLine, bytes: Uint8Array): string {
  const kind = isReport(line) ? 2 : line.audit.state === 'lost' ? 0 : 1;
  return `${kind}${createHash('sha256').update(bytes).digest('hex')}`;
}
