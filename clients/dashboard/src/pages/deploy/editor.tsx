import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  indentOnInput,
  syntaxHighlighting,
  HighlightStyle,
} from '@codemirror/language';
import { EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import type { Fault } from '../../model/descriptor.js';

/** Colours are those of the page, whose custom properties reach into the shadow. */
const theme = EditorView.theme({
  '&': { color: 'var(--text)', backgroundColor: 'var(--field)', minHeight: '22rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-content': { fontFamily: 'var(--mono)', fontSize: '0.9rem', caretColor: 'var(--text)' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--quiet)', border: 'none' },
  '.cm-fault': { textDecoration: 'underline wavy var(--bad)' },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
]);

const setFaults = StateEffect.define<readonly Fault[]>();
const faulty = Decoration.mark({ class: 'cm-fault' });

/** Underlines what is wrong. An empty place cannot be underlined; its fault stands in the list all the same. */
function underlined(faults: readonly Fault[], length: number): DecorationSet {
  const ranges = faults
    .map(({ from, to }) => ({ from: Math.min(from, length), to: Math.min(to, length) }))
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => faulty.range(from, to));
  return Decoration.set(ranges, true);
}

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update: (present, { changes, effects, state }) => {
    const faults = effects.find((effect) => effect.is(setFaults));
    return faults
      ? underlined(faults.value as readonly Fault[], state.doc.length)
      : present.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

interface EditorProps {
  /** What it begins with; later it is the user's. */
  readonly text: string;
  readonly faults: readonly Fault[];
  readonly onChange: (text: string) => void;
}

const stateOf = (text: string, onChange: (text: string) => void): EditorState =>
  EditorState.create({
    doc: text,
    extensions: [
      lineNumbers(),
      history(),
      indentOnInput(),
      bracketMatching(),
      marks,
      yaml(),
      syntaxHighlighting(highlighting),
      // Tab leaves the editor, as it leaves every other field.
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': 'Service descriptor, YAML' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString());
      }),
      EditorView.lineWrapping,
      theme,
    ],
  });

/**
 * An editor for YAML. It stands in a shadow tree, where its styles are sheets instead of elements: the security policy of the page
 * allows no style elements.
 */
export function Editor({ text, faults, onChange }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const begin = useRef({ text, onChange });
  useEffect(() => {
    const root = host.current?.shadowRoot ?? host.current?.attachShadow({ mode: 'open' });
    if (!root) return undefined;
    const { text: doc, onChange: change } = begin.current;
    const editor = new EditorView({ state: stateOf(doc, change), parent: root, root });
    view.current = editor;
    return () => editor.destroy();
  }, []);
  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    editor.dispatch({ effects: setFaults.of(faults) });
  }, [faults]);
  return <div className="editor" ref={host} data-testid="editor" />;
}
