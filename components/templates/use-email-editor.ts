import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { documentIssues } from './document-issues';
import { type EditAction, type EditHistory, editHistory, startHistory } from './edit-history';
import type { Editor } from './editor-context';
import { type Container, changeBlock, type EditBlock, type EmailDocument, everyBlock, slotsOf } from './email-document';
import { insertBlock } from './move-blocks';
import type { TagChoice } from './tag-choice';
import type { Written } from './use-saving';
import { useUndoKeys } from './use-undo-keys';

type State = Written<EmailDocument>;
type Reducer = (history: EditHistory<State>, action: EditAction<State>) => EditHistory<State>;
type WritingField = HTMLInputElement | HTMLTextAreaElement;

interface EmailEditorOptions {
  initial: () => State;
  fields: TagChoice[];
  isReadOnly: boolean;
}

/** The state of an email editor: the document with its past, what is open, what is wrong. */
export function useEmailEditor({ initial, fields, isReadOnly }: EmailEditorOptions) {
  const [history, dispatch] = useReducer<EditHistory<State>, null, [EditAction<State>]>(
    editHistory satisfies Reducer,
    null,
    () => startHistory(initial()),
  );
  const [selectedId, select] = useState<string | null>(null);
  const [announcement, announce] = useState('');
  const wantedFocus = useRef<string | null>(null);
  const wantsField = useRef(false);
  const { present } = history;
  const document = present.content;
  const issues = useMemo(() => documentIssues(document), [document]);

  function change(next: (before: State) => State, key?: string) {
    if (!isReadOnly) dispatch({ type: 'edit', change: next, key, atMs: Date.now() });
  }
  const edit: Editor['edit'] = (next, key) =>
    change((before) => {
      const content = next(before.content);
      return content === before.content ? before : { ...before, content };
    }, key);

  const editor: Editor = {
    document,
    fields,
    isReadOnly,
    selectedId,
    select,
    edit,
    editBlock: (id, patch, field) =>
      edit(
        (before) => ({
          ...before,
          blocks: changeBlock(before.blocks, id, (block) => ({ ...block, ...patch }) as EditBlock),
        }),
        `${id}.${field}`,
      ),
    add: (block: EditBlock, at: Container, index: number) => {
      edit((before) => ({ ...before, blocks: insertBlock(before.blocks, at, index, block) }));
      select(block.id);
      wantedFocus.current = block.id;
      // whoever adds words goes on by writing them
      wantsField.current = block.type === 'text' || block.type === 'heading' || block.type === 'button';
      announce('Block added.');
    },
    focusBlock: (id) => {
      wantedFocus.current = id;
      // a block that is drawn already and does not move is not drawn again
      requestAnimationFrame(() => takeFocus());
    },
    errorOf: (id, field) => issues.blocks[id]?.[field],
    errorsIn: (block) =>
      Object.keys(issues.blocks[block.id] ?? {}).length + (selectedId === block.id ? 0 : innerErrors(block)),
    announce,
  };

  function innerErrors(block: EditBlock): number {
    const inner = slotsOf(block).flatMap((slot) => everyBlock(slot.blocks));
    return inner.reduce((sum, { id }) => sum + Object.keys(issues.blocks[id] ?? {}).length, 0);
  }

  function takeFocus() {
    const id = wantedFocus.current;
    const row = id && window.document.querySelector<HTMLElement>(`[data-row-button="${CSS.escape(id)}"]`);
    if (!row) return;
    const isNew = wantsField.current;
    wantedFocus.current = null;
    wantsField.current = false;
    const whole = row.closest('[data-row]');
    const field = isNew && whole?.querySelector<WritingField>('[data-inspector] :is(input, textarea)');
    (field || row).focus({ preventScroll: true });
    if (field) field.select();
    whole?.scrollIntoView({ block: 'nearest' });
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows every change of the document
  useEffect(takeFocus, [document]);

  const undo = history.past.length > 0 && !isReadOnly ? () => dispatch({ type: 'undo' }) : null;
  const redo = history.future.length > 0 && !isReadOnly ? () => dispatch({ type: 'redo' }) : null;
  useUndoKeys(undo, redo);

  return {
    editor,
    written: present,
    issues,
    announcement,
    rename: (name: string) => change((before) => ({ ...before, name }), 'name'),
    replace: (next: State) => change(() => next),
    undo,
    redo,
  };
}
