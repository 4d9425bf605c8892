import { closeSync, openSync } from 'node:fs';

import type { Audited, AuditLine } from '../../model/audit.ts';
import { repositoryKey } from '../../organization/lost.ts';
import { inQuotes } from '../output/in-quotes.ts';
import { errorMessage, systemErrorCode, ToolError } from '../tool-error.ts';
import { bytesAt, linesOfFile } from './lines-of-file.ts';

/** A line that an earlier audit wrote, but for its report, which is read again where it is wanted. */
export interface EarlierLine {
  readonly audit: Audited;
  readonly result: AuditLine['result'];
  readonly offset: number;
  readonly length: number;
}

/** The lines of a file, of which only a little is held. */
export interface EarlierLines {
  readonly get: (place: string) => EarlierLine | undefined;
  readonly all: () => Iterable<EarlierLine>;
  /** The line, without its line break. */
  readonly bytes: (line: EarlierLine) => Buffer;
  /** Where what counts ends: a line that is cut off counts as not there. */
  readonly end: number;
  readonly close: () => void;
}

/** In JSON no text holds such quotes, so the last ones are the keys of the last objects. */
const AUDIT = '"audit":';
const RESULT = '"result":"';

/**
 * What a line says beside its report. We write that last, so that nobody has to read all of a report for it; any other line
 * is read as a whole.
 */
function aboutIn(bytes: Buffer): Pick<AuditLine, 'audit' | 'result'> | null {
  const start = bytes.lastIndexOf(AUDIT);
  const end = bytes.length - 1;
  if (start !== -1 && bytes.toString('latin1', end - 1) === '}}') {
    try {
      const audit: unknown = JSON.parse(bytes.toString('utf8', start + AUDIT.length, end));
      const at = bytes.lastIndexOf(RESULT, start);
      const written = at === -1 ? '' : bytes.toString('latin1', at + RESULT.length, at + RESULT.length + 6);
      const result = RESULTS.find((one) => written.startsWith(`${one}"`));
      if (isAudited(audit) && result !== undefined) return { audit, result };
    } catch {
      // It is not last: all of the line is read.
    }
  }
  const { audit, result } = JSON.parse(bytes.toString('utf8')) as Partial<AuditLine>;
  return isAudited(audit) && result !== undefined ? { audit, result } : null;
}

const RESULTS = ['pass', 'fail', 'error'] as const;

function isAudited(value: unknown): value is Audited {
  const { repository, branch, key, called } = (value ?? {}) as Partial<Record<keyof Audited, unknown>>;
  const isNamed = typeof repository === 'string' && (branch === null || typeof branch === 'string');
  return isNamed && typeof key === 'string' && Array.isArray(called);
}

/**
 * Opens a file of lines.
 *
 * @param mayBeMissing a file that is not there is one without lines.
 * @throws ToolError with the line that is no line of an audit.
 */
export function earlierLines(file: string, mayBeMissing: boolean): EarlierLines {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    const code = systemErrorCode(error);
    if (mayBeMissing && code === 'ENOENT') return NOTHING;
    const what =
      code === 'ENOENT' ? 'There is no file' : `This file could not be read (${code ?? errorMessage(error)}):`;
    throw new ToolError(`${what} ${inQuotes(file)}. Give what an audit wrote with --format jsonl.`, { path: file });
  }
  const found = new Map<string, EarlierLine>();
  let end = 0;
  for (const { number, offset, bytes, isEnded } of linesOfFile(descriptor)) {
    if (!isEnded) break;
    end = offset + bytes.length + 1;
    if (bytes.length === 0) continue;
    const about = shaped(file, number, () => aboutIn(bytes));
    found.set(repositoryKey(about.audit), { ...about, offset, length: bytes.length });
  }
  return {
    get: (place) => found.get(place),
    all: () => found.values(),
    bytes: ({ offset, length }) => bytesAt(descriptor, offset, length),
    end,
    close: () => closeSync(descriptor),
  };
}

const NOTHING: EarlierLines = {
  get: () => undefined,
  all: () => [],
  bytes: () => Buffer.alloc(0),
  end: 0,
  close: () => {},
};

function shaped<About>(file: string, line: number, read: () => About | null): About {
  let reason = 'it does not say which repository it is of';
  try {
    const about = read();
    if (about !== null) return about;
  } catch (error) {
    reason = errorMessage(error);
  }
  const message = `${file}:${line}: This is no line of an audit (${inQuotes(reason)}). Give what an audit wrote with --format jsonl.`;
  throw new ToolError(message, { path: file, line });
}

/** The text of a line with the word that it is that of an earlier audit. */
export function asReused(text: string, { audit }: EarlierLine): string {
  if (audit.reused === true) return text;
  const written = `${JSON.stringify(audit)}}`;
  if (text.endsWith(written)) return `${text.slice(0, -2)},"reused":true}}`;
  const line = JSON.parse(text) as AuditLine;
  return JSON.stringify({ ...line, audit: { ...line.audit, reused: true } });
}
