import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours are variables of the page's style, which reach into the editor: one look serves light and dark. */
const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '0.8125rem', color: 'var(--ink)', backgroundColor: 'var(--paper)' },
  // The frame around the editor shows that it has the focus.
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55', overflow: 'auto' },
  '.cm-content': { padding: '0.5rem 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 0.75rem 0 0.5rem' },
  '.cm-gutters': { color: 'var(--quiet)', backgroundColor: 'var(--paper)', border: 'none', paddingLeft: '0.25rem' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '2rem' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--shade)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-shown': { backgroundColor: 'var(--shown)' },
  '.cm-error, .cm-warning': { textDecoration: 'underline wavy 1px', textUnderlineOffset: '3px' },
  '.cm-error': { textDecorationColor: 'var(--error)' },
  '.cm-warning': { textDecorationColor: 'var(--warning)' },
  '.cm-placeholder': { color: 'var(--quiet)' },
});

const highlight = HighlightStyle.define([
  { tag: [tags.atom, tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--code-key)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.keyword, tags.bool, tags.null, tags.number], color: 'var(--code-value)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
  { tag: [tags.meta, tags.variableName, tags.typeName], color: 'var(--code-value)' },
]);

export const look = [theme, syntaxHighlighting(highlight)];
