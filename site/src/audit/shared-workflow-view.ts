import type { AskedCaller, AskedFacts, CalledFacts } from '../../../src/organization/facts.ts';
import { whoBreaks } from '../../../src/organization/who-breaks.ts';
import { EFFECTS } from '../../../src/report/organization/organization-asked.ts';
import { listed, plural } from '../../../src/words/in-words.ts';
import { el, name } from '../page/dom.ts';
import { verdictBox } from '../page/verdict.ts';
import type { Address } from './address.ts';
import { askedIn, askedText, askField } from './ask-field.ts';
import type { Audit, CallRow } from './audit.ts';
import { permissionMarks } from './chips.ts';
import { contractMarks, refName } from './contract.ts';
import { EFFECT_ORDER, effectMark, lacksWords } from './effects.ts';
import { countedOptions } from './filters.ts';
import type { Filter } from './filters.ts';
import { headed } from './headed.ts';
import { placeLink, repositoryLink, viewLink } from './links.ts';
import { tally } from './rows.ts';
import { dataTable } from './table.ts';
import type { Column } from './table.ts';
import type { Page, View } from './views.ts';

/** A call with what would become of it. */
interface CallerRow extends CallRow {
  readonly asked: AskedCaller | null;
}

/** One called workflow: what it asks, who calls it, and who breaks if it asks for more. */
export const sharedWorkflowView: View = {
  id: 'shared-workflow',
  title: 'Shared workflow',
  draw: (audit, page, of) => {
    const back = el('p', { class: 'back' }, viewLink('All shared workflows', 'shared'));
    const place = audit.facts.called.findIndex(({ file }) => file === of);
    const called = audit.facts.called[place];
    if (called === undefined) return [back, headed('Shared workflow', 'This audit knows no caller of this workflow.')];
    return [
      back,
      headed(name(called.file), el('span', {}, 'It asks its callers for ', ...contractMarks(audit, called))),
      ...callersPart(audit, called, audit.callsOf(place), page),
    ];
  },
};

/** The field for what it might ask for, and the callers with what would become of them. */
function callersPart(
  audit: Audit,
  called: CalledFacts,
  calls: readonly CallRow[],
  { chosen: given, onChosen }: Page,
): readonly HTMLElement[] {
  let chosen = given;
  const answer = el('div', { class: 'answer' });
  const tell = (now: Address['chosen'], words: string): void => {
    chosen = { ...chosen, ...now };
    onChosen(chosen, words);
  };
  const draw = (): string => {
    const permissions = askedIn(chosen.ask ?? '');
    const asked = permissions === null ? null : whoBreaks(audit.facts, { file: called.file, permissions });
    const words = asked === null ? '' : askedWords(asked);
    const table = dataTable(tableOf(audit, rowsOf(audit, calls, asked), asked !== null), chosen, tell);
    answer.replaceChildren(...(asked === null ? [] : [verdictFor(asked, words)]), table);
    return words;
  };
  const field = askField(chosen.ask ?? '', (ask) => {
    // What the table was limited to may not be there any more.
    chosen = { ask };
    onChosen(chosen, draw());
  });
  draw();
  return [el('div', { class: 'ask' }, field), answer];
}

/** Without a question, the calls as they are; with one, all that lead to the workflow, the worst first. */
function rowsOf({ facts }: Audit, calls: readonly CallRow[], asked: AskedFacts | null): readonly CallerRow[] {
  if (asked === null) return calls.map((call) => ({ ...call, asked: null }));
  const rows = asked.callers.flatMap((caller): readonly (CallerRow & { readonly asked: AskedCaller })[] => {
    const repository = facts.repositories[caller.repository];
    const workflow = repository?.workflows[caller.workflow];
    const call = workflow?.calls[caller.call];
    if (repository === undefined || workflow === undefined || call === undefined) return [];
    return [{ repository, workflow, call, asked: caller }];
  });
  return EFFECT_ORDER.flatMap((effect) => rows.filter((row) => row.asked.effect === effect));
}

function tableOf(audit: Audit, rows: readonly CallerRow[], isAsked: boolean) {
  return {
    title: isAsked ? 'What would become of the callers' : 'Callers',
    noun: 'call',
    rows,
    columns: columnsFor(audit, isAsked),
    filters: filtersFor(rows, isAsked),
    text: ({ repository, workflow, call }: CallerRow) =>
      `${repository.repository} ${repository.branch ?? ''} ${workflow.path} ${call.job} ${call.ref ?? ''}`,
  };
}

function columnsFor(audit: Audit, isAsked: boolean): readonly Column<CallerRow>[] {
  const effect: Column<CallerRow> = {
    id: 'effect',
    title: 'What happens',
    key: ({ asked }) => (asked === null ? 0 : EFFECT_ORDER.indexOf(asked.effect)),
    cell: ({ asked }) =>
      asked === null ? [] : [effectMark(asked), el('span', { class: 'quiet' }, ` ${effectWords(asked)}`)],
  };
  return [
    {
      id: 'repository',
      title: 'Repository',
      key: ({ repository }) => repository.repository.toLowerCase(),
      cell: ({ repository }) => [repositoryLink(audit, repository)],
    },
    ...(isAsked ? [effect] : []),
    {
      id: 'job',
      title: 'Calling job',
      key: ({ workflow, call }) => `${workflow.path} ${call.job}`,
      cell: ({ repository, call }) => [name(call.job), ' ', placeLink(repository, call.at.path, call.at.line)],
    },
    {
      id: 'passes',
      title: 'Passes on',
      key: ({ call }) => passedKey(audit, call.passes),
      cell: ({ call }) => passedMarks(audit, call.passes),
    },
    {
      id: 'ref',
      title: 'Ref',
      key: ({ call }) => call.ref ?? '',
      cell: ({ call }) => [refName(call.ref)],
    },
  ];
}

function filtersFor(rows: readonly CallerRow[], isAsked: boolean): readonly Filter<CallerRow>[] {
  const effect: Filter<CallerRow> = {
    id: 'effect',
    label: 'What happens',
    all: 'anything',
    options: countedOptions(
      tally(rows.map(({ asked }) => asked?.effect ?? '')),
      EFFECT_ORDER,
      (one) => EFFECTS[one as AskedCaller['effect']],
    ),
    has: ({ asked }, value) => asked?.effect === value,
  };
  const ref: Filter<CallerRow> = {
    id: 'ref',
    label: 'Ref',
    all: 'any',
    options: countedOptions(tally(rows.map(({ call }) => call.ref ?? 'same commit'))),
    has: ({ call }, value) => (call.ref ?? 'same commit') === value,
  };
  return isAsked ? [effect, ref] : [ref];
}

function passedMarks({ facts }: Audit, passes: number | null): readonly HTMLElement[] {
  const permissions = passes === null ? undefined : facts.sets[passes];
  if (permissions === undefined) return [el('span', { class: 'quiet' }, 'no block')];
  return [el('span', { class: 'marks' }, ...permissionMarks(permissions))];
}

function passedKey({ facts }: Audit, passes: number | null): number {
  return passes === null ? -1 : Object.keys(facts.sets[passes] ?? {}).length;
}

function effectWords(asked: AskedCaller): string {
  const lacks = lacksWords(asked);
  return [lacks, asked.isPinned ? 'once it calls the new commit' : ''].filter((words) => words !== '').join('; ');
}

/** Who breaks, in a sentence or two. */
function askedWords({ permissions, isAskedAlready, callers, unreadCalls }: AskedFacts): string {
  if (isAskedAlready) return 'It asks for that already.';
  const repositories = new Set(callers.filter(({ effect }) => effect === 'breaks').map(({ repository }) => repository));
  const count = (...effects: readonly AskedCaller['effect'][]) =>
    callers.filter(({ effect }) => effects.includes(effect)).length;
  const [breaks, perhaps, fits] = [count('breaks'), count('breaks-if-read'), count('fits')];
  const clauses = [
    breaks === 0
      ? 'no call breaks'
      : `${plural(breaks, 'call')} of ${plural(repositories.size, 'repository', 'repositories')} ${breaks === 1 ? 'breaks' : 'break'}`,
    ...(perhaps === 0 ? [] : [`${plural(perhaps, 'call')} may break`]),
    ...(fits === 0 ? [] : [`${plural(fits, 'call')} ${fits === 1 ? 'goes' : 'go'} on`]),
  ];
  const unread = unreadCalls === 0 ? '' : ` ${plural(unreadCalls, 'call')} could not be followed.`;
  return `If it asks for \`${askedText(permissions)}\`, ${listed(clauses)}.${unread}`;
}

function verdictFor({ callers, unreadCalls, isAskedAlready }: AskedFacts, words: string): HTMLElement {
  const has = (...effects: readonly AskedCaller['effect'][]) => callers.some(({ effect }) => effects.includes(effect));
  const isUnsure = !isAskedAlready && (unreadCalls > 0 || has('breaks-if-read', 'by-callers'));
  const look = has('breaks') ? 'failed' : isUnsure ? 'warning' : 'good';
  return verdictBox(look, words, '');
}
