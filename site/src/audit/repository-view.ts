import type { RepositoryFacts, TriedRepository } from '../../../src/organization/facts.ts';
import { shortPath } from '../../../src/report/words.ts';
import { worstFirst } from '../../../src/report/worst-first.ts';
import { capital, plural } from '../../../src/words/in-words.ts';
import { matrixTable } from '../page/matrix.ts';
import { el, name, sentence } from '../page/dom.ts';
import { codeBlock, folded, foldedList } from '../page/to-do.ts';
import { verdictBox } from '../page/verdict.ts';
import type { Audit } from './audit.ts';
import { calledName, refName } from './contract.ts';
import { levelMark } from './findings-view.ts';
import { addressOnGitHub } from './github-address.ts';
import { headed, section } from './headed.ts';
import { keyOf, placeLink, viewLink } from './links.ts';
import { repositoryMatrix } from './repository-matrix.ts';
import { ruleLink } from './rule-link.ts';
import { stateMark, stateOf } from './state.ts';
import { plainTable } from './table.ts';
import { triedHeading } from './tried-view.ts';
import type { View } from './view.ts';

/** All that is known of one repository. */
export const repositoryView: View = {
  id: 'repository',
  title: 'Repository',
  draw: (audit, { chosen }, of) => {
    const { repositories } = audit.facts;
    const back = el('p', { class: 'back' }, viewLink('All repositories', 'repositories'));
    const facts =
      repositories.find((one) => keyOf(one) === of) ?? repositories.find(({ repository }) => repository === of);
    if (facts === undefined) return [back, headed('Repository', 'This audit does not have it.')];
    return [back, headed(name(facts.repository), aboutOf(facts)), ...knownParts(audit, facts, chosen.part ?? '')];
  },
};

/** The settings that matter, in a line. */
function aboutOf(facts: RepositoryFacts): HTMLElement {
  const { branch, commit, visibility, defaultPermissions, archived, fork } = facts;
  const address = addressOnGitHub(facts);
  const words = [
    visibility === 'unknown' ? 'visibility not known' : visibility,
    `default permissions ${defaultPermissions === 'unknown' ? 'not known' : defaultPermissions}`,
    ...(archived === true ? ['archived'] : []),
    ...(fork === true ? ['a fork'] : []),
  ];
  return el(
    'span',
    {},
    stateMark(stateOf(facts)),
    ` ${capital(words.join(', '))}`,
    ...(branch === null ? [] : [', branch ', name(branch)]),
    ...(commit === null ? [] : [' at ', name(commit.slice(0, 10))]),
    ...(address === null ? [] : ['. ', el('a', { href: address, rel: 'noreferrer' }, 'On GitHub')]),
  );
}

function knownParts(audit: Audit, facts: RepositoryFacts, part: string): readonly (HTMLElement | null)[] {
  if (facts.reason !== undefined) {
    return [verdictBox('failed', 'Nothing is known of this repository.', facts.reason)];
  }
  if (facts.workflows.length === 0) return [el('p', { class: 'empty' }, 'It has no workflow files.')];
  return [findingsPart(audit, facts), jobsPart(audit, facts), callsPart(audit, facts), triedPart(audit, facts, part)];
}

function jobsPart(audit: Audit, facts: RepositoryFacts): HTMLElement {
  const open = (path: string, line: number): void => {
    const address = addressOnGitHub(facts, path, line);
    if (address !== null) window.open(address, '_blank', 'noopener,noreferrer');
  };
  const places = { goTo: ({ path, line }: { path: string; line: number }) => open(path, line), mark: () => undefined };
  return section('h3', 'What each job may do', matrixTable(repositoryMatrix(audit, facts), places));
}

function findingsPart(audit: Audit, facts: RepositoryFacts): HTMLElement | null {
  const { findings, suppressed } = facts;
  if (findings.length === 0 && suppressed === 0) return null;
  const items = worstFirst(findings).map(({ level, rule, message, path, line, job }) =>
    el(
      'li',
      { class: level },
      el(
        'p',
        { class: 'head' },
        levelMark(level),
        placeLink(facts, path, line),
        job === undefined ? null : name(job),
        el('span', { class: 'rule' }, ruleLink(audit, rule)),
      ),
      el('p', {}, sentence(message)),
    ),
  );
  const excused =
    suppressed === 0
      ? null
      : el(
          'p',
          { class: 'notes' },
          `${plural(suppressed, 'finding is', 'findings are')} excused by a policy, a comment or a baseline.`,
        );
  return section('h3', 'What to look at', foldedList(items), excused);
}

function callsPart({ facts: all }: Audit, { workflows }: RepositoryFacts): HTMLElement | null {
  const calls = workflows.flatMap((workflow) =>
    workflow.calls.map((call) => ({ workflow, call, called: all.called[call.to] })),
  );
  if (calls.length === 0) return null;
  return section(
    'h3',
    'What it calls',
    plainTable({
      title: 'Calls of shared workflows',
      rows: calls,
      columns: [
        {
          title: 'Job',
          cell: ({ workflow, call }) => [name(call.job), ' ', name(shortPath(workflow.path), { class: 'quiet' })],
        },
        {
          title: 'Calls',
          cell: ({ called }) =>
            called === undefined ? [] : [viewLink(calledName(called.file), 'shared-workflow', called.file)],
        },
        {
          title: 'Ref',
          cell: ({ call }) => [refName(call.ref)],
        },
      ],
      none: '',
    }),
  );
}

/** What another value of the setting would do to it, and the patch to apply first. */
function triedPart(
  { facts: { whatIf, repositories } }: Audit,
  facts: RepositoryFacts,
  part: string,
): HTMLElement | null {
  const tried = whatIf?.repositories.find(({ repository }) => repositories[repository] === facts);
  if (whatIf === null || tried === undefined) return null;
  const { patch, blocks, unclear } = tried;
  const migration =
    patch === null
      ? null
      : el(
          'div',
          { class: 'migration' },
          el('p', {}, `Write ${plural(blocks, 'block')} first. Apply this with `, el('code', {}, 'git apply'), ':'),
          codeBlock(patch, 'the patch'),
        );
  const whole = section(
    'h3',
    sentence(triedHeading(whatIf)),
    migration,
    el('ul', { class: 'plain' }, ...effectsOf(tried)),
    unclear.length === 0
      ? null
      : folded(
          `${plural(unclear.length, 'job')} may lose what ${unclear.length === 1 ? 'it needs' : 'they need'}: not all steps can be seen into`,
          el('ul', { class: 'plain' }, ...unclear.map((job) => el('li', {}, jobName(job)))),
        ),
  );
  if (part === 'patch') requestAnimationFrame(() => whole.scrollIntoView());
  return whole;
}

function effectsOf({ losing, failing, isAssumed }: TriedRepository): readonly HTMLElement[] {
  const item = (...children: readonly (Node | string)[]) => el('li', {}, ...children);
  return [
    ...(isAssumed ? [item('The value that it has now is not known. It is taken to be the other one.')] : []),
    ...failing.map((workflow) => item(name(shortPath(workflow)), ' would not start any more.')),
    ...losing.map((one) => item(jobName(one), ' would lose ', name(one.permissions.join(', ')), ', which it needs.')),
  ];
}

function jobName({ job, workflow }: { readonly job: string; readonly workflow: string }): HTMLElement {
  return el('span', {}, name(job), ' of ', name(shortPath(workflow)));
}
