import { createContext, useContext } from 'react';
import type { Container, EditBlock, EmailDocument } from './email-document';
import type { TagChoice } from './tag-choice';

/** What every part of an editor may ask and do. */
export interface Editor {
  document: EmailDocument;
  fields: TagChoice[];
  isReadOnly: boolean;
  selectedId: string | null;
  select: (id: string | null) => void;
  /** Changes of one key in quick succession are undone together. */
  edit: (change: (document: EmailDocument) => EmailDocument, key?: string) => void;
  editBlock: (id: string, patch: Partial<EditBlock>, field: string) => void;
  /** Adds a block, opens it and moves the focus to it. */
  add: (block: EditBlock, at: Container, index: number) => void;
  /** Moves the focus to a block once it is drawn. */
  focusBlock: (id: string) => void;
  /** What is wrong with a field of a block; `` is the block as a whole. */
  errorOf: (blockId: string, field: string) => string | undefined;
  /** How many things are wrong inside a block. */
  errorsIn: (block: EditBlock) => number;
  announce: (text: string) => void;
}

export const EditorContext = createContext<Editor | null>(null);

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('This part belongs into an email editor.');
  return editor;
}
