import { defaultKeymap, history, historyKeymap, isolateHistory } from '@codemirror/commands';
import { StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import type { Extension, Text } from '@codemirror/state';
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';

import type { Place, ToDo } from '../compute/answer.ts';
import { look } from './editor-look.ts';

/** The text of one file with its history, while another file is shown. */
export type EditorText = EditorState;

/** What edits the file that is shown. */
export interface Editor {
  open(text: string): EditorText;
  show(text: EditorText, label: string): void;
  shown(): EditorText;
  /** Writes another text in place of the one that is shown, which can be undone. */
  replace(text: string): void;
  /** Underlines what is to be acted on in the file that is shown. */
  underline(toDo: readonly ToDo[]): void;
  /** Marks the line of a place, or none. */
  mark(place: Pick<Place, 'line'> | null): void;
  /** Goes there. */
  goTo(place: Place): void;
  focus(): void;
}

const setUnderlines = StateEffect.define<readonly ToDo[]>();
const setMark = StateEffect.define<number | null>();

const underlines = decorations(setUnderlines, (toDo, doc) =>
  Decoration.set(
    toDo.flatMap(({ level, line, column }) => {
      if (level === 'note' || line > doc.lines) return [];
      const { from, to, text } = doc.line(line);
      const start = Math.min(from + column - 1, to);
      const end = from + text.trimEnd().length;
      return start < end ? [Decoration.mark({ class: `cm-${level}` }).range(start, end)] : [];
    }),
    true,
  ),
);

const mark = decorations(setMark, (line, doc) =>
  line === null || line > doc.lines
    ? Decoration.none
    : Decoration.set(Decoration.line({ class: 'cm-shown' }).range(doc.line(line).from)),
);

/** Decorations that an effect sets, and that move with the text until the next one. */
function decorations<Value>(
  effect: ReturnType<typeof StateEffect.define<Value>>,
  make: (value: Value, doc: Text) => DecorationSet,
): Extension {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update: (set, { changes, effects, state }) => {
      for (const one of effects) if (one.is(effect)) return make(one.value, state.doc);
      return set.map(changes);
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

const EMPTY = 'Paste a workflow file here';

/** Makes the editor inside an element. It is told of every change of the text that is shown. */
export function makeEditor(parent: HTMLElement, onChange: (text: string) => void): Editor {
  // In a shadow root the editor brings its styles as a sheet, which a strict policy allows, and not as an element.
  const root = parent.attachShadow({ mode: 'open' });
  let label = '';
  const extensions = [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    EditorState.tabSize.of(2),
    StreamLanguage.define(yaml),
    look,
    underlines,
    mark,
    placeholder(EMPTY),
    // No key that moves the focus is taken: Tab leaves the editor.
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.contentAttributes.of(() => ({ 'aria-label': label, spellcheck: 'false', tabindex: '0' })),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
  const view = new EditorView({ root, parent: root as unknown as Element, state: open('') });
  return {
    open,
    show: (text, name) => {
      label = name;
      view.setState(text);
    },
    shown: () => view.state,
    replace: (text) => {
      const changes = { from: 0, to: view.state.doc.length, insert: text };
      view.dispatch({ changes, annotations: isolateHistory.of('full') });
    },
    underline: (toDo) => view.dispatch({ effects: setUnderlines.of(toDo) }),
    mark: (place) => view.dispatch({ effects: setMark.of(place?.line ?? null) }),
    goTo: ({ line, column }) => {
      const { from, to } = view.state.doc.line(Math.min(line, view.state.doc.lines));
      const at = Math.min(from + column - 1, to);
      view.dispatch({
        selection: { anchor: at },
        effects: [setMark.of(line), EditorView.scrollIntoView(at, { y: 'center' })],
      });
      view.focus();
    },
    focus: () => view.focus(),
  };

  function open(text: string): EditorState {
    return EditorState.create({ doc: text, extensions });
  }
}
