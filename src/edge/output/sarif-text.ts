import { createHash } from 'node:crypto';

import type { Report } from '../../model/report.ts';
import { sarifFailure, sarifReport, type SarifOptions } from '../../report/sarif/sarif-log.ts';
import { errorReport } from './error-report.ts';
import { jsonText } from './json-text.ts';

/** A report as SARIF, in pieces, and a sentence about what is left out of it; `null` when nothing is. */
export interface SarifText {
  readonly text: Iterable<string>;
  readonly cut: string | null;
}

/** Takes a report and returns it as SARIF. */
export function sarifText(report: Report, options: Omit<SarifOptions, 'digest'>): SarifText {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const { log, cut } = sarifReport(report, { ...options, digest });
  return { text: jsonText(log), cut };
}

/** Takes a thrown value and returns it as SARIF. `home` is where the documentation is, if that is known. */
export function sarifErrorText(error: unknown, home: string | null = null): Iterable<string> {
  const { tool, error: told } = errorReport(error);
  return jsonText(sarifFailure({ ...tool, ...(home === null ? {} : { home }) }, told, ''));
}
