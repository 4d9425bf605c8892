import type { ExcusedBy, Finding, Report, SuppressedFinding } from '../../model/report.ts';
import { blockLines, foldAdvice } from '../advice-block.ts';
import { visible } from '../escape-terminal.ts';
import { chainsOf, linkedPlaces, locationOf, relatedLocation } from './locations.ts';
import type { Linked, Related } from './locations.ts';
import { ruleIndex } from './rules.ts';
import type { SarifResult, SarifSuppression } from './sarif-model.ts';

/** What a result needs beside its finding. */
export interface ResultContext {
  /** From the repository's root to the folder that was checked; empty or with `/` at its end. */
  readonly prefix: string;
  /** Makes a short text of a long one that stands for it alone, such as SHA-256. */
  readonly digest: (text: string) => string;
}

/** What tells a finding from all others, now and when its lines have moved. */
const FINGERPRINT = 'effectivePermissions/finding/v1';

/** Makes the function that takes a finding of a report and returns the result for it. */
export function resultsOf(
  report: Report,
  { prefix, digest }: ResultContext,
): (finding: Finding | SuppressedFinding) => SarifResult {
  const chainOf = chainsOf(report);
  return (finding) => {
    const { rule, level, id, jobs = [] } = finding;
    const linked = linkedPlaces([...askedAt(finding), ...adviceOf(finding), ...chainOf(finding)]);
    const index = ruleIndex(rule);
    const names = jobs
      .slice(0, MOST_NAMES)
      .map((job) => ({ fullyQualifiedName: visible(job.join('/')), kind: 'member' }));
    return {
      ruleId: rule,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level,
      message: { text: messageOf(finding, linked) },
      locations: [{ ...locationOf(finding, prefix), ...(names.length === 0 ? {} : { logicalLocations: names }) }],
      ...(linked.length === 0 ? {} : { relatedLocations: linked.map((one) => relatedLocation(one, prefix)) }),
      partialFingerprints: { [FINGERPRINT]: digest(id) },
      ...('by' in finding ? { suppressions: [suppressionOf(finding)] } : {}),
    };
  };
}

/** The message has the names of all jobs. */
const MOST_NAMES = 100;

const KINDS: Readonly<Record<ExcusedBy, SarifSuppression['kind']>> = {
  ignore: 'inSource',
  exception: 'external',
  baseline: 'external',
};

function suppressionOf({ by, reason }: SuppressedFinding): SarifSuppression {
  return { kind: KINDS[by], status: 'accepted', justification: visible(reason) };
}

function askedAt({ askedAt: place }: Finding): readonly Related[] {
  return place === undefined ? [] : [{ ...place, text: 'The block that asks for it' }];
}

function adviceOf({ advice = [] }: Finding): readonly Related[] {
  return advice.map(({ path, line, text }) => ({ path, line, text }));
}

/** What is wrong, what to do about it, and the places that have to do with it: code scanning shows those that are linked. */
function messageOf({ message, hint, advice = [] }: Finding, linked: readonly Linked[]): string {
  const unused = new Set(linked);
  const place = (path: string, line: number): string => {
    const one = linked.find((other) => other.path === path && other.line === line);
    if (one !== undefined) unused.delete(one);
    return one === undefined ? plain(`${path}:${line}`) : link(one);
  };
  const blocks = foldAdvice(advice).flatMap(({ text, path, line, permissions, also }) => [
    `- ${plain(text)} (${[place(path, line), ...also.map(plain)].join(', ')})`,
    ...(permissions === undefined ? [] : blockLines(permissions).map((written) => `    ${written}`)),
  ]);
  const others = [...unused].map((one) => `${plain(one.text)}: ${link(one)}`);
  return [plain(message), ...(hint === undefined ? [] : [plain(hint)]), ...blocks, ...others].join('\n');
}

/** A link to a related location. Brackets in its text would end it. */
function link({ id, path, line }: Linked): string {
  return `[${visible(path).replaceAll(/[[\]\\]/g, '')}:${line}](${id})`;
}

/** A stranger's text in which nothing is a link: `[text](target)` is one in the messages of SARIF. */
function plain(text: string): string {
  const shown = visible(text);
  return shown.includes('](') ? shown.replaceAll(/[\\[\]]/g, '\\$&') : shown;
}
