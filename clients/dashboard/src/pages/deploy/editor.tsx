import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import {
  bracketMatching,
  indentOnInput,
  syntaxHighlighting,
  HighlightStyle,
} from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
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
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--text)' },
});

const highlighting = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.content], color: 'var(--text)' },
  { tag: tags.comment, color: 'var(--quiet)', fontStyle: 'italic' },
]);

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
      lintGutter(),
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
    const end = editor.state.doc.length;
    const diagnostics = faults.map(({ from, to, message }) => ({
      from: Math.min(from, end),
      to: Math.min(to, end),
      message,
      severity: 'error' as const,
    }));
    editor.dispatch(setDiagnostics(editor.state, diagnostics));
  }, [faults]);
  return <div className="editor" ref={host} data-testid="editor" />;
}
