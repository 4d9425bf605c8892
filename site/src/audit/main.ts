import type { OrganizationFacts } from '../../../src/organization/facts.ts';
import { unpack } from '../../../src/organization/packed.ts';
import type { Packed } from '../../../src/organization/packed.ts';
import { number, plural } from '../../../src/words/in-words.ts';
import { byId, el, shown, unseen } from '../page/dom.ts';
import { addressIn, hashOf } from './address.ts';
import { announce } from './announce.ts';
import { auditOf } from './audit.ts';
import { VIEWS } from './views.ts';

const data = byId('facts', HTMLScriptElement);
const facts = unpack(JSON.parse(data.textContent) as Packed) as OrganizationFacts;
data.remove();
const audit = auditOf(facts);

const main = byId('main', HTMLElement);
const title = titleWords();
byId('title', HTMLHeadingElement).textContent = title;
byId('skip', HTMLAnchorElement).addEventListener('click', (event) => {
  // The address says what is shown, so it must not say where the focus is.
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', () => {
  show();
  main.focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
show();

function show(): void {
  const { view: id, of, chosen } = addressIn(location.hash);
  const view = VIEWS.find((one) => one.id === id) ?? VIEWS[0];
  const page = {
    chosen,
    onChosen: (now: typeof chosen, words: string) => {
      history.replaceState(null, '', hashOf(view.id, of, now));
      announce(words);
    },
  };
  const heading = of === '' ? view.title : `${view.title} ${of}`;
  document.title = `${shown(heading)} · ${title}`;
  drawViews(view.id);
  main.replaceChildren(...view.draw(audit, page, of).filter((part) => part !== null));
}

function drawViews(shownId: string): void {
  const links = VIEWS.flatMap(({ id, title: words, count }) => {
    if (count === undefined) return [];
    const figure = count(audit);
    const link = el(
      'a',
      { href: hashOf(id), ...(id === shownId ? { 'aria-current': 'page' } : {}) },
      words,
      ...(figure === null ? [] : [unseen(': '), el('span', { class: 'badge' }, number(figure))]),
    );
    return [el('li', {}, link)];
  });
  byId('views', HTMLUListElement).replaceChildren(...links);
}

function titleWords(): string {
  const { repositories } = facts;
  const owners = new Set(repositories.map(({ repository }) => repository.split('/')[0]?.toLowerCase()));
  const [first] = repositories;
  const names = new Set(repositories.map(({ repository }) => repository)).size;
  const whose = owners.size === 1 && first !== undefined ? ` of ${shown(first.repository.split('/')[0] ?? '')}` : '';
  return `What may the jobs of ${plural(names, 'repository', 'repositories')}${whose} really do?`;
}
