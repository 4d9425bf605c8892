import { reachedByOutsiders } from '../../../src/organization/held.ts';
import { organizationVerdict } from '../../../src/report/organization/organization-verdict.ts';
import { kindName } from '../../../src/report/told-changes.ts';
import { capital, number } from '../../../src/words/in-words.ts';
import { el, name, sentence } from '../page/dom.ts';
import { verdictBox } from '../page/verdict.ts';
import type { Audit } from './audit.ts';
import { askedText } from './ask-field.ts';
import { section } from './headed.ts';
import { ANY_WRITE } from './jobs-view.ts';
import { repositoryLink, viewLink } from './links.ts';
import { eventsPart, rulesPart, writesPart } from './overview-tables.ts';
import { tally } from './rows.ts';
import { stateMark, stateOf } from './state.ts';
import { triedHeading, triedLead } from './tried-view.ts';
import type { View } from './views.ts';

/** What matters of all, each with the way to the rest. */
export const overviewView: View = {
  id: 'overview',
  title: 'Overview',
  count: () => null,
  draw: (audit) => [
    verdictPart(audit),
    figures(audit),
    ...notKnown(audit),
    el('div', { class: 'beside' }, writesPart(audit), rulesPart(audit), eventsPart(audit), restPart(audit)),
  ],
};

function verdictPart({ facts }: Audit): HTMLElement {
  const { kind, text, sentences } = organizationVerdict(facts);
  return verdictBox(kind === 'yes' ? 'good' : 'failed', `${capital(text)}.`, sentences.join(' '));
}

function figures(audit: Audit): HTMLElement {
  const { facts } = audit;
  const jobs = audit.jobs();
  const errors = audit.findings().filter(({ finding }) => finding.level === 'error').length;
  const tile = (count: number, words: string, view: string, chosen = {}) =>
    el('li', {}, viewLink(el('span', {}, el('b', {}, number(count)), el('span', {}, words)), view, '', chosen));
  return el(
    'ul',
    { class: 'figures' },
    tile(facts.repositories.length, 'repositories', 'repositories'),
    tile(jobs.length, 'jobs that get a token', 'jobs'),
    tile(jobs.filter(({ held }) => held.writes.length > 0).length, 'jobs that can write', 'jobs', { holds: 'write' }),
    tile(reachedByOutsiders(facts).length, 'can write for outsiders', 'jobs', { reach: ANY_WRITE }),
    tile(errors, 'errors', 'findings', { level: 'error' }),
  );
}

/** So many names are shown before the rest is a link. */
const SOME = 5;

/** What nothing is known of stands before all that is known. */
function notKnown(audit: Audit): readonly HTMLElement[] {
  const unknown = audit.facts.repositories.filter(({ reason }) => reason !== undefined);
  if (unknown.length === 0) return [];
  const items = unknown.slice(0, SOME).map((one) => {
    const words = [stateMark(stateOf(one)), ' ', repositoryLink(audit, one), ' ', sentence(one.reason ?? '')];
    return el('li', {}, ...words);
  });
  const all = [...tally(unknown.map(stateOf))].flatMap(([state, count]) => [
    ' ',
    viewLink(`${state === 'lost' ? 'Lost' : 'Not read'}: ${number(count)}`, 'repositories', '', { state }),
  ]);
  const rest = unknown.length > SOME ? el('p', {}, `And ${number(unknown.length - SOME)} more.`, ...all) : null;
  return [section('h2', 'Not known', el('ul', { class: 'plain' }, ...items), rest)];
}

/** What was asked beside: other values of settings, a workflow that asks for more, an earlier audit. */
function restPart({ facts: { whatIf, asked, since } }: Audit): HTMLElement {
  const parts = [
    whatIf === null
      ? null
      : section(
          'h2',
          sentence(triedHeading(whatIf)),
          el('p', {}, sentence(triedLead(whatIf)), ' ', viewLink('Repositories and patches', 'what-if')),
        ),
    asked === null
      ? null
      : section(
          'h2',
          'If a shared workflow asked for more',
          el('p', {}, name(asked.file), ' and ', name(askedText(asked.permissions)), ': '),
          el('p', {}, viewLink('Who breaks', 'shared-workflow', asked.file, { ask: askedText(asked.permissions) })),
        ),
    since === null ? null : section('h2', 'Since the last audit', sincePart(since)),
  ];
  return el('div', { class: 'rest' }, ...parts);
}

function sincePart(since: NonNullable<Audit['facts']['since']>): HTMLElement {
  const kinds = tally([
    ...since.jobs.map(({ kind }) => kindName(kind)),
    ...since.findings.map(({ kind }) => `${kind} finding`),
    ...since.new.map(() => 'new repository'),
    ...since.gone.map(() => 'gone repository'),
    ...since.notCompared.map(() => 'not compared'),
  ]);
  if (kinds.size === 0) return el('p', {}, 'Nothing is different.');
  const items = [...kinds].map(([kind, count]) =>
    el('li', {}, viewLink(`${kind}: ${number(count)}`, 'changes', '', { kind })),
  );
  return el('ul', { class: 'kinds' }, ...items);
}
