import { useEditor } from '../editor-context';
import type { BlockType, EditBlock } from '../email-document';

export type BlockOf<T extends BlockType> = Extract<EditBlock, { type: T }>;

/** Reading and setting the fields of one block. */
export function useBlockFields<T extends BlockType>(block: BlockOf<T>) {
  const { editBlock, errorOf, fields, isReadOnly } = useEditor();
  return {
    fields,
    isReadOnly,
    error: (field: string) => errorOf(block.id, field),
    set: <K extends keyof BlockOf<T> & string>(field: K, value: BlockOf<T>[K]) => {
      editBlock(block.id, { [field]: value } as unknown as Partial<EditBlock>, field);
    },
    patch: (values: Partial<BlockOf<T>>, field: string) => {
      editBlock(block.id, values as unknown as Partial<EditBlock>, field);
    },
  };
}
