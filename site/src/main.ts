import type { Input } from './input/input.ts';
import { isTooMuch, TOO_MUCH } from './input/input.ts';
import { inputIn } from './input/link.ts';
import { choiceFields } from './page/choices.ts';
import { startComputer } from './page/computer.ts';
import { button, byId, el, sentence } from './page/dom.ts';
import { takeFiles } from './page/dropping.ts';
import { EXAMPLES } from './page/examples.ts';
import { replaceKeepingFocus } from './page/keep-focus.ts';
import { openFiles } from './page/open-files.ts';
import { resultOf } from './page/result.ts';
import type { ResultActions } from './page/result.ts';
import { forgetLink, shareButton } from './page/share.ts';

const result = byId('result', HTMLDivElement);
const message = byId('message', HTMLParagraphElement);
const verdict = byId('verdict', HTMLParagraphElement);

/** An example that nobody changed makes room for the files of the visitor. */
let isExample = false;
/** Not set while a whole input is being shown. */
let isShowing = false;

const files = openFiles(() => changed(false));
const choices = choiceFields(() => changed(true));

const computer = startComputer({
  onAnswer: (answer) => {
    const isAny = !isEmpty();
    choices.offerEvents(answer.events);
    files.underline(isAny ? answer.toDo : []);
    replaceKeepingFocus(result, ...(isAny ? resultOf(answer, actions) : [emptyResult()]));
    announce(isAny ? [answer.coverage, ...answer.sentences].join(' ') : '');
  },
  onFailure: (words) => result.replaceChildren(el('p', { class: 'broken' }, sentence(words))),
});

const actions: ResultActions = {
  goTo: files.goTo,
  mark: files.mark,
  choose: (name) => byId(name, HTMLSelectElement).focus(),
  fix: () => {
    computer.fix(input()).then(
      ({ files: fixed, refused }) => {
        files.add(fixed);
        say(refused.length > 0 ? refused.join(' ') : 'The blocks are written. Undo works in the editor.');
      },
      (error: unknown) => say(error instanceof Error ? error.message : String(error)),
    );
  },
};

function input(): Input {
  return { files: files.all(), ...choices.get() };
}

function isEmpty(): boolean {
  return files.all().every(({ text }) => text.trim() === '');
}

function changed(isChoice: boolean): void {
  if (isShowing) return;
  if (!isChoice) isExample = false;
  forgetLink();
  say('');
  compute();
}

function compute(): void {
  const given = input();
  if (isTooMuch(given.files)) say(TOO_MUCH);
  else computer.check(given);
}

function show({ files: given, ...others }: Input): void {
  isShowing = true;
  choices.set(others);
  files.set(given);
  isShowing = false;
  compute();
}

function showExample({ input: given }: (typeof EXAMPLES)[number]): void {
  show(given);
  isExample = true;
  forgetLink();
  say('');
}

/** What the visitor should know now. Our own words, but for names of files in them. */
function say(words: string): void {
  message.replaceChildren(sentence(words));
}

/** A screen reader is told the verdict when nobody has typed for a while. */
const A_WHILE = 800;
let announcing = 0;

function announce(words: string): void {
  window.clearTimeout(announcing);
  announcing = window.setTimeout(() => (verdict.textContent = words), A_WHILE);
}

function exampleButtons(): readonly HTMLElement[] {
  return EXAMPLES.map((example) => button(example.title, () => showExample(example), { class: 'link' }));
}

function emptyResult(): HTMLElement {
  return el(
    'div',
    { class: 'empty' },
    el('h2', {}, 'Nothing to look at yet'),
    el('p', {}, 'Paste a workflow file into the editor, drop files anywhere, or begin with an example:'),
    el('ul', {}, ...exampleButtons().map((one) => el('li', {}, one))),
  );
}

async function showLink(): Promise<void> {
  const linked = await inputIn(location.hash);
  if (linked.kind === 'input') {
    isExample = false;
    show(linked.input);
    say('');
    return;
  }
  if (files.all().length === 0) showExample(EXAMPLES[0]);
  if (linked.kind === 'broken') say(`This link cannot be read. ${linked.reason}`);
}

byId('examples', HTMLUListElement).append(...exampleButtons().map((one) => el('li', {}, one)));
byId('clear', HTMLButtonElement).addEventListener('click', () => {
  files.set([]);
  isExample = false;
});
takeFiles((given) => {
  if ('error' in given) {
    say(given.error);
    return;
  }
  if (isTooMuch([...(isExample ? [] : files.all()), ...given.files])) {
    say(TOO_MUCH);
    return;
  }
  if (isExample) files.set(given.files);
  else files.add(given.files);
  say(given.files.length === 1 ? '1 file was added.' : `${given.files.length} files were added.`);
});
shareButton(input, say);
window.addEventListener('hashchange', () => void showLink());
void showLink();
