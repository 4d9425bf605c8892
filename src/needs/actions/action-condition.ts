import type { NeedCondition } from '../../model/needs.ts';
import type { KnownStep } from './action-step.ts';
import { inputOf, marked } from './action-step.ts';
import { valueInEvent } from './event-value.ts';
import { ANYTHING, readable } from '../marked-text.ts';

/** What a value has to be: `set`, `unset`, one of some texts, none of them, or a list with one of them, or without. */
export type ValueTest =
  | string
  | readonly string[]
  | { readonly not: string | readonly string[] }
  | { readonly includes?: readonly string[]; readonly excludes?: readonly string[] };

/** When an entry's line counts; all that is given must hold. */
export interface EntryCondition {
  readonly inputs?: Readonly<Record<string, ValueTest>>;
  /** Variables of the step's environment. */
  readonly env?: Readonly<Record<string, ValueTest>>;
  readonly events?: readonly string[];
  readonly visibility?: 'public' | 'private';
}

/** That a condition holds, in the runs that `when` names; or that it may. */
export interface Chance {
  readonly sure: boolean;
  readonly when: NeedCondition;
}

type Answer = 'yes' | 'no' | 'unknown';

/** When a condition holds, and when it may: nothing when it never does. */
export function chancesOf(
  condition: EntryCondition,
  known: KnownStep,
  defaults: Readonly<Record<string, string>>,
): readonly Chance[] {
  const { events, visibility } = condition;
  const rest: NeedCondition = { ...(events ? { events } : {}), ...(visibility ? { visibility } : {}) };
  const started = startedBy(known);
  const possible = events === undefined ? started : started?.filter((event) => events.includes(event));
  if (possible === undefined || possible.length === 0) {
    // No event is known, or only others than the condition's: what the composer makes of `when` is right for both.
    const answer = allTests(condition, known, defaults, null);
    if (answer === 'no' || (answer === 'unknown' && started !== undefined)) return [];
    return [{ sure: answer === 'yes', when: rest }];
  }
  const answers = possible.map((event) => ({ event, answer: allTests(condition, known, defaults, event) }));
  const named = (wanted: Answer): readonly string[] =>
    answers.filter(({ answer }) => answer === wanted).map(({ event }) => event);
  const [yes, unknown] = [named('yes'), named('unknown')];
  return [
    ...(yes.length === possible.length
      ? [{ sure: true, when: rest }]
      : yes.length > 0
        ? [{ sure: true, when: { ...rest, events: yes } }]
        : []),
    ...(unknown.length > 0 ? [{ sure: false, when: { ...rest, events: unknown } }] : []),
  ];
}

/** The events that start the job; `undefined` where they are not known, as for a called workflow. */
export function startedBy({ context: { events } }: KnownStep): readonly string[] | undefined {
  return events === undefined || events.length === 0 || events.includes('workflow_call') ? undefined : events;
}

function allTests(
  { inputs = {}, env = {} }: EntryCondition,
  known: KnownStep,
  defaults: Readonly<Record<string, string>>,
  event: string | null,
): Answer {
  const { reach } = known.context;
  const answers = [
    ...Object.entries(inputs).map(([name, wanted]) =>
      answerTo(wanted, inputOf(known, name) ?? defaults[name] ?? '', known, event),
    ),
    ...Object.entries(env).map(([name, wanted]) =>
      answerTo(wanted, Object.hasOwn(reach.env, name) ? (reach.env[name] ?? '') : '', known, event),
    ),
  ];
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether an input passes a test in runs of one event; `null` for any event. */
export function inputAnswer(wanted: ValueTest, written: string, known: KnownStep, event: string | null): Answer {
  return answerTo(wanted, written, known, event);
}

function answerTo(wanted: ValueTest, written: string, known: KnownStep, event: string | null): Answer {
  const value = event === null ? null : valueInEvent(written, event);
  return test(wanted, marked(known, value ?? named(written)).trim());
}

/** A workflow that names a variable of the settings is made for one that has a value, as with a secret. */
function named(written: string): string {
  return written.replace(/\$\{\{\s*vars\.\w+\s*\}\}/g, '${{ secrets.VARIABLE }}');
}

function test(wanted: ValueTest, value: string): Answer {
  if (wanted === 'set' || wanted === 'unset') {
    const set = isSet(value);
    if (set === 'unknown') return 'unknown';
    return (set === 'yes') === (wanted === 'set') ? 'yes' : 'no';
  }
  if (typeof wanted === 'string') return isOneOf([wanted], value);
  if (isList(wanted)) return isOneOf(wanted, value);
  if ('not' in wanted) return opposite(test(wanted.not, value));
  const { includes, excludes } = wanted;
  const answers = [
    includes === undefined ? 'yes' : hasOneOf(includes, value),
    excludes === undefined ? 'yes' : opposite(hasOneOf(excludes, value)),
  ] as const;
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}

function opposite(answer: Answer): Answer {
  return answer === 'unknown' ? 'unknown' : answer === 'yes' ? 'no' : 'yes';
}

function isList(wanted: ValueTest): wanted is readonly string[] {
  return Array.isArray(wanted);
}

/** A value with anything in it that is certain is set. */
function isSet(value: string): Answer {
  if (value === '') return 'no';
  return value.replaceAll(ANYTHING, '').trim() === '' ? 'unknown' : 'yes';
}

function isKnown(value: string): boolean {
  return readable(value) === value;
}

/** `TRUE` is `true` as well. */
function isOneOf(wanted: readonly string[], value: string): Answer {
  if (!isKnown(value)) return 'unknown';
  return wanted.some((text) => text.toLowerCase() === value.toLowerCase()) ? 'yes' : 'no';
}

/** Lists have commas, spaces or lines between their parts. */
function hasOneOf(wanted: readonly string[], value: string): Answer {
  const parts = value.toLowerCase().split(/[\s,]+/);
  if (wanted.some((text) => parts.includes(text.toLowerCase()))) return 'yes';
  return isKnown(value) ? 'no' : 'unknown';
}
