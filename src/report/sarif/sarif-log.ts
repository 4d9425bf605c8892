import type { FindingFix } from '../../fix/finding-fixes.ts';
import type { Finding, PolicyNotice, Report, SuppressedFinding } from '../../model/report.ts';
import type { Location } from '../../model/position.ts';
import { number } from '../../words/in-words.ts';
import { visible } from '../escape-terminal.ts';
import { worstFirst } from '../worst-first.ts';
import { sarifFix } from './fixes.ts';
import { locationOf, ROOT } from './locations.ts';
import { resultsOf } from './results.ts';
import type { ResultContext } from './results.ts';
import { sarifRules } from './rules.ts';
import type { SarifLog, SarifNotification, SarifResult, SarifRun } from './sarif-model.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/**
 * Code scanning takes 25,000 results and 10 MB, compressed, and shows 5,000 results
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 * So many bytes are hardly ever more when they are compressed, and never that much more.
 */
const LIMITS = { results: 5000, bytes: 9_000_000 } as const;

/** What a SARIF file is made for. */
export interface SarifOptions extends ResultContext {
  /** Whether excused findings are told, as suppressed ones. Code scanning takes no notice of that and opens alerts. */
  readonly withSuppressed: boolean;
  /** The changes that together mend a finding; empty when none is known. */
  readonly fixesOf: (finding: Finding) => readonly FindingFix[];
}

/** A SARIF file, and what had to be left out of it, in a sentence; `null` when all is there. */
export interface SarifReport {
  readonly log: SarifLog;
  readonly cut: string | null;
}

/** Takes a report and returns it as SARIF 2.1.0. What code scanning would not take or show is cut, the mildest first. */
export function sarifReport(report: Report, options: SarifOptions): SarifReport {
  const { prefix, withSuppressed } = options;
  const findings: readonly (Finding | SuppressedFinding)[] = [
    ...report.findings,
    ...(withSuppressed ? report.suppressed : []),
  ];
  const told = worstFirst(findings);
  const { results, bytes } = mostOf(told, resultsOf(report, options));
  const left = findings.length - results.length;
  const cut =
    left === 0
      ? null
      : `${number(left)} of ${number(findings.length)} findings are left out: code scanning shows ` +
        `${number(LIMITS.results)} at most, in a file of 10 MB. The JSON report has all of them.`;
  const notices = (report.policy?.notices ?? []).map((notice) => noticeOf(notice, prefix));
  const run: SarifRun = {
    ...beginning(report.tool, prefix),
    invocations: [
      {
        executionSuccessful: true,
        ...(notices.length === 0 ? {} : { toolConfigurationNotifications: notices }),
        ...(cut === null ? {} : { toolExecutionNotifications: [{ level: 'warning', message: { text: cut } }] }),
      },
    ],
    results: withFixes(results, told, options, LIMITS.bytes - bytes),
  };
  return { log: logOf(run), cut };
}

/** What went wrong, and where. */
export interface SarifFailure extends Partial<Location> {
  readonly message: string;
}

/**
 * Takes why the work could not be done and returns that as SARIF. The run has no results, not even an empty list: with one,
 * code scanning would close every alert.
 */
export function sarifFailure(tool: Report['tool'], failure: SarifFailure, prefix: string): SarifLog {
  const { message, path, line, column } = failure;
  const place = path === undefined || line === undefined ? null : { path, line, column: column ?? 1 };
  const notification: SarifNotification = {
    level: 'error',
    message: { text: message.split('\n').map(visible).join('\n') },
    ...(place === null ? {} : { locations: [locationOf(place, prefix)] }),
  };
  return logOf({
    ...beginning(tool, prefix),
    invocations: [{ executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [notification] }],
  });
}

function logOf(run: SarifRun): SarifLog {
  return { $schema: SCHEMA, version: '2.1.0', runs: [run] };
}

function beginning({ name, version, home }: Report['tool'], prefix: string): Omit<SarifRun, 'invocations'> {
  return {
    tool: {
      driver: {
        name,
        semanticVersion: version,
        ...(home === undefined ? {} : { informationUri: home }),
        rules: sarifRules(home),
      },
    },
    // All before the last `/` is the category: what is checked in another folder is another analysis.
    automationDetails: { id: `${name}/${visible(prefix)}` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
  };
}

function noticeOf({ message, ...place }: PolicyNotice, prefix: string): SarifNotification {
  return { level: 'note', message: { text: visible(message) }, locations: [locationOf(place, prefix)] };
}

function mostOf<Item>(
  items: readonly Item[],
  resultOf: (item: Item) => SarifResult,
): { readonly results: readonly SarifResult[]; readonly bytes: number } {
  const results: SarifResult[] = [];
  let bytes = 0;
  for (const item of items.slice(0, LIMITS.results)) {
    const result = resultOf(item);
    const more = bytesOf(result);
    if (bytes + more > LIMITS.bytes) break;
    bytes += more;
    results.push(result);
  }
  return { results, bytes };
}

/** Adds the fixes for which there is room: a finding less would be worse than a fix less. */
function withFixes(
  results: readonly SarifResult[],
  told: readonly (Finding | SuppressedFinding)[],
  { prefix, fixesOf }: SarifOptions,
  room: number,
): readonly SarifResult[] {
  let left = room;
  return results.map((result, index) => {
    const finding = told[index];
    if (finding === undefined || 'by' in finding || left <= 0) return result;
    const fixes = fixesOf(finding);
    if (fixes.length === 0) return result;
    const withFix = { fixes: [sarifFix(fixes, prefix)] };
    left -= bytesOf(withFix);
    return left < 0 ? result : { ...result, ...withFix };
  });
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
