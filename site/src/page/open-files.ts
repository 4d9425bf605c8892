import type { ToDo } from '../compute/answer.ts';
import type { InputFile } from '../input/input.ts';
import { freePath, WORKFLOWS } from '../input/paths.ts';
import { byId, shown, unseen, el } from './dom.ts';
import { makeEditor } from './editor.ts';
import type { EditorText } from './editor.ts';
import type { Places } from './places.ts';

/** A file that is open, under a number that stays when it gets another name. */
interface OpenFile {
  readonly id: number;
  path: string;
  text: string;
  editing: EditorText;
}

/** The files, one of which is shown in the editor. */
export interface OpenFiles extends Places {
  readonly all: () => readonly InputFile[];
  /** Shows these and no others. */
  readonly set: (files: readonly InputFile[]) => void;
  /** Adds files; one with the path of an open one takes its place. */
  readonly add: (files: readonly InputFile[]) => void;
  /** Says what is to be acted on, for the tabs and the editor. */
  readonly underline: (toDo: readonly ToDo[]) => void;
}

/** Makes the tabs, the field for the path and the editor. It is told of every change. */
export function openFiles(onChange: (change: 'text' | 'files') => void): OpenFiles {
  const tabs = byId('tabs', HTMLDivElement);
  const pathField = byId('path', HTMLInputElement);
  const editor = makeEditor(byId('editor', HTMLDivElement), (text) => {
    const file = current();
    if (file === undefined || file.text === text) return;
    file.text = text;
    onChange('text');
  });
  let files: OpenFile[] = [];
  let selected = 0;
  let ids = 0;
  let toDo: readonly ToDo[] = [];

  tabs.addEventListener('click', ({ target }) => {
    const tab = target instanceof Element ? target.closest<HTMLElement>('[role=tab]') : null;
    if (tab !== null) select(Number(tab.dataset.id));
  });
  tabs.addEventListener('keydown', (event) => {
    const index = files.findIndex(({ id }) => id === selected);
    const next = nextIndex(event.key, index, files.length);
    if (next === null) return;
    event.preventDefault();
    select(files[next]?.id ?? selected);
    tabs.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  });
  pathField.addEventListener('change', () => {
    const file = current();
    const taken = files.filter((other) => other !== file).map(({ path }) => path);
    const wanted = pathField.value.trim().replace(/^(?:\.?\/)+/, '');
    if (file !== undefined && wanted !== '') file.path = freePath(taken, wanted);
    draw();
    onChange('files');
  });
  byId('add', HTMLButtonElement).addEventListener('click', () => {
    const paths = files.map(({ path }) => path);
    files.push(opened({ path: freePath(paths, `${WORKFLOWS}workflow.yml`), text: '' }));
    select(files.at(-1)?.id ?? 0);
    onChange('files');
    editor.focus();
  });
  byId('remove', HTMLButtonElement).addEventListener('click', () => {
    const index = files.findIndex(({ id }) => id === selected);
    files = files.filter(({ id }) => id !== selected);
    if (files.length === 0) files = [opened({ path: `${WORKFLOWS}workflow.yml`, text: '' })];
    select((files[index] ?? files.at(-1))?.id ?? 0);
    onChange('files');
  });

  return {
    all: () => files.map(({ path, text }) => ({ path, text })),
    set: (given) => {
      files = given.length === 0 ? [opened({ path: `${WORKFLOWS}workflow.yml`, text: '' })] : given.map(opened);
      select(files[0]?.id ?? 0);
      onChange('files');
    },
    add: (given) => {
      // One that is empty was only there to be filled.
      files = files.filter(({ text }) => text.trim() !== '');
      for (const file of given) {
        const same = files.find(({ path }) => path === file.path);
        if (same === undefined) files.push(opened(file));
        else rewrite(same, file.text);
      }
      select(files.find(({ path }) => path === given[0]?.path)?.id ?? selected);
      onChange('files');
    },
    underline: (found) => {
      toDo = found;
      draw();
    },
    mark: (place) => editor.mark(place?.path === current()?.path ? place : null),
    goTo: (place) => {
      const file = files.find(({ path }) => path === place.path);
      if (file === undefined) return;
      select(file.id);
      editor.goTo(place);
    },
  };

  function current(): OpenFile | undefined {
    return files.find(({ id }) => id === selected);
  }

  function opened({ path, text }: InputFile): OpenFile {
    return { id: ++ids, path, text, editing: editor.open(text) };
  }

  function rewrite(file: OpenFile, text: string): void {
    file.text = text;
    if (file.id === selected) editor.replace(text);
    else file.editing = editor.open(text);
  }

  function select(id: number): void {
    const before = current();
    const after = files.find((file) => file.id === id);
    if (after === undefined) return;
    if (before !== after) {
      if (before !== undefined) before.editing = editor.shown();
      selected = id;
      editor.show(after.editing, `Text of ${shown(after.path)}`);
    }
    draw();
  }

  function draw(): void {
    const file = current();
    pathField.value = file?.path ?? '';
    tabs.replaceChildren(...files.map(tabFor));
    editor.underline(toDo.filter(({ path }) => path === file?.path));
    tabs.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function tabFor({ id, path }: OpenFile): HTMLElement {
    const isSelected = id === selected;
    const own = toDo.filter((one) => one.path === path);
    const level = (['error', 'warning'] as const).find((each) => own.some((one) => one.level === each));
    return el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${id}`,
        'data-id': id,
        'aria-selected': String(isSelected),
        'aria-controls': 'panel',
        tabindex: isSelected ? 0 : -1,
        title: shown(path),
      },
      level === undefined ? null : el('span', { class: `dot ${level}` }, unseen(`${level}: `)),
      el('span', { dir: 'auto' }, shown(path.slice(path.lastIndexOf('/') + 1))),
    );
  }
}

/** Where a key leads in a list, or `null` for other keys. */
function nextIndex(key: string, index: number, length: number): number | null {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % length;
    case 'ArrowLeft':
      return (index - 1 + length) % length;
    case 'Home':
      return 0;
    case 'End':
      return length - 1;
    default:
      return null;
  }
}
