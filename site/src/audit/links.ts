import type { RepositoryFacts } from '../../../src/organization/facts.ts';
import { shortPath } from '../../../src/report/words.ts';
import { el, name, shown } from '../page/dom.ts';
import { hashOf } from './address.ts';
import type { Address } from './address.ts';
import type { Audit } from './audit.ts';
import { addressOnGitHub } from './github-address.ts';

/** Makes a link to another view of the page. */
export function viewLink(words: string | Node, view: string, of = '', chosen: Address['chosen'] = {}): HTMLElement {
  return el('a', { href: hashOf(view, of, chosen) }, words);
}

/** Makes the name of a repository, which leads to all that is known of it. */
export function repositoryLink({ hasBranches }: Audit, facts: RepositoryFacts): HTMLElement {
  const link = viewLink(name(facts.repository), 'repository', keyOf(facts));
  return hasBranches && facts.branch !== null ? el('span', {}, link, ' ', branchName(facts.branch)) : link;
}

/** A repository in an address: its name, and behind that its branch. */
export function keyOf({ repository, branch }: Pick<RepositoryFacts, 'repository' | 'branch'>): string {
  return branch === null ? repository : `${repository}/${branch}`;
}

function branchName(branch: string): HTMLElement {
  return name(branch, { class: 'quiet' });
}

/** Makes the name of a line of a repository, which leads to GitHub where that is where it lies. */
export function placeLink(facts: RepositoryFacts, path: string, line: number): HTMLElement {
  const href = addressOnGitHub(facts, path, line);
  const said = name(`${shortPath(path)}:${line}`);
  return href === null ? said : el('a', { href, rel: 'noreferrer', title: `${shown(path)} on GitHub` }, said);
}
