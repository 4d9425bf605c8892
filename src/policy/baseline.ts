import type { Finding, Identity, SuppressedFinding } from '../model/report.ts';
import { byCodeUnit } from '../words/by-code-unit.ts';
import { didYouMean } from '../words/nearest-word.ts';
import { identityOf, identityKey } from './identity.ts';

/** What reading a baseline gave: what it accepts, or what is wrong with it. */
export type ReadBaseline =
  { readonly entries: readonly Identity[] } | { readonly mistakes: readonly [BaselineMistake, ...BaselineMistake[]] };

/** Something that is not as it should be, and the keys and indices that lead to it; `null` where the JSON itself is broken. */
export interface BaselineMistake {
  readonly at: readonly (string | number)[] | null;
  readonly message: string;
}

const REQUIRED = ['rule', 'workflow'] as const;
const NAMES = [...REQUIRED, 'job', 'permission', 'granted', 'about'] as const;

/** Reads a baseline. Where its mistakes stand, `baselineProblems` says. */
export function readBaseline(text: string): ReadBaseline {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { mistakes: [{ at: null, message: 'This is not JSON.' }] };
  }
  const [first, ...others] = mistakesIn(content);
  if (first !== undefined) return { mistakes: [first, ...others] };
  return { entries: sorted((content as { findings: Identity[] }).findings) };
}

/**
 * The text of a baseline: one entry a line, sorted, so that a difference shows what was accepted and what was mended.
 */
export function baselineText(entries: readonly Identity[]): string {
  const lines = sorted(entries).map((entry) => `    ${JSON.stringify(entry, [...NAMES])}`);
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schemaVersion": 1,\n  "findings": ${findings}\n}\n`;
}

/**
 * What a baseline accepts that is written today: every finding that could fail a run, errors and warnings, and those that
 * the baseline before it accepts and that are still there. What exceptions and ignore comments excuse is excused already.
 */
export function acceptedToday(
  findings: readonly Finding[],
  suppressed: readonly SuppressedFinding[],
): readonly Identity[] {
  const all = [...findings, ...suppressed.filter(({ by }) => by === 'baseline')];
  return sorted(
    all
      .filter(({ level }) => level !== 'note')
      .flatMap(({ rule, subjects }) => subjects.map((subject) => identityOf(rule, subject))),
  );
}

/** Each once, by workflow, job and rule: what lies together in the repository lies together in the file. */
function sorted(entries: readonly Identity[]): readonly Identity[] {
  const distinct = new Map(entries.map((entry) => [identityKey(entry), entry]));
  const orderOf = ({ workflow, job, rule, permission, granted, about }: Identity): string =>
    [workflow, job, rule, permission, granted, about].map((part) => part ?? '').join('\0');
  return [...distinct.values()]
    .map((entry) => ({ entry, order: orderOf(entry) }))
    .sort((a, b) => byCodeUnit(a.order, b.order))
    .map(({ entry }) => entry);
}

function mistakesIn(content: unknown): readonly BaselineMistake[] {
  if (!isObject(content)) return [{ at: [], message: 'A baseline is an object with `schemaVersion` and `findings`.' }];
  const unknown = Object.keys(content).filter((key) => key !== 'schemaVersion' && key !== 'findings');
  const wrong = unknown.map((key) => ({ at: [key], message: `There is no property '${key}' in a baseline.` }));
  if (content.schemaVersion !== 1) {
    const message = '`schemaVersion` must be 1: this version of the tool reads no other.';
    return [...wrong, { at: 'schemaVersion' in content ? ['schemaVersion'] : [], message }];
  }
  const { findings } = content;
  if (!Array.isArray(findings)) {
    return [...wrong, { at: 'findings' in content ? ['findings'] : [], message: '`findings` must be a list.' }];
  }
  return [...wrong, ...findings.flatMap((entry: unknown, index) => mistakesInEntry(entry, ['findings', index]))];
}

function mistakesInEntry(entry: unknown, at: readonly (string | number)[]): readonly BaselineMistake[] {
  if (!isObject(entry)) return [{ at, message: 'An entry is an object with `rule` and `workflow` at least.' }];
  const known: readonly string[] = NAMES;
  return [
    ...REQUIRED.filter((name) => !(name in entry)).map((name) => ({ at, message: `\`${name}\` is missing.` })),
    ...Object.entries(entry).flatMap(([key, value]): readonly BaselineMistake[] => {
      if (!known.includes(key)) {
        return [{ at: [...at, key], message: `There is no property '${key}' in an entry.${didYouMean(key, NAMES)}` }];
      }
      if (typeof value === 'string' && value !== '') return [];
      return [{ at: [...at, key], message: `\`${key}\` must be a text that is not empty.` }];
    }),
  ];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
