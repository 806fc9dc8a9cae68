import type { EmailBlock, EmailTemplate } from '@/lib/domain/template';

type Framed = Pick<EmailBlock, 'tone' | 'padding'>;

export interface EditColumns extends Framed {
  type: 'columns';
  id: string;
  columns: { widthPercent?: number; blocks: EditBlock[] }[];
  isStackedOnMobile?: boolean;
}

export interface EditConditional extends Framed {
  type: 'conditional';
  id: string;
  if: string;
  blocks: EditBlock[];
  otherwise?: EditBlock[];
}

export type EditLeaf = Exclude<EmailBlock, { type: 'columns' | 'conditional' }> & { id: string };

/** A block while it is being edited: it has an id, and may hold what the grammar will refuse. */
export type EditBlock = EditLeaf | EditColumns | EditConditional;
export type BlockType = EditBlock['type'];

export interface EmailDocument extends Omit<EmailTemplate, 'blocks'> {
  blocks: EditBlock[];
}

/** A list of blocks: of the email itself (`parent` null), of a column by its number, or of a condition. */
export interface Container {
  parent: string | null;
  slot: string;
}

export const ROOT: Container = { parent: null, slot: 'blocks' };

export interface Slot {
  key: string;
  blocks: EditBlock[];
}

export function isSameContainer(a: Container, b: Container): boolean {
  return a.parent === b.parent && a.slot === b.slot;
}

/** The lists a block holds; none for a simple one. */
export function slotsOf(block: EditBlock): Slot[] {
  if (block.type === 'columns') return block.columns.map(({ blocks }, index) => ({ key: String(index), blocks }));
  if (block.type !== 'conditional') return [];
  const slots = [{ key: 'blocks', blocks: block.blocks }];
  return block.otherwise ? [...slots, { key: 'otherwise', blocks: block.otherwise }] : slots;
}

function withSlot(block: EditBlock, key: string, blocks: EditBlock[]): EditBlock {
  if (block.type === 'columns') {
    const columns = block.columns.map((column, index) => (String(index) === key ? { ...column, blocks } : column));
    return { ...block, columns };
  }
  if (block.type !== 'conditional') return block;
  return key === 'otherwise' ? { ...block, otherwise: blocks } : { ...block, blocks };
}

/** The same list if `change` changed none of its blocks. */
function mapSame(blocks: EditBlock[], change: (block: EditBlock) => EditBlock): EditBlock[] {
  const next = blocks.map(change);
  return next.every((block, index) => block === blocks[index]) ? blocks : next;
}

function changeSlots(block: EditBlock, change: (slot: Slot) => EditBlock[]): EditBlock {
  let next = block;
  for (const slot of slotsOf(block)) {
    const blocks = change(slot);
    if (blocks !== slot.blocks) next = withSlot(next, slot.key, blocks);
  }
  return next;
}

/** The blocks with one list changed; everything else stays the very same object. */
export function changeContainer(
  blocks: EditBlock[],
  at: Container,
  change: (blocks: EditBlock[]) => EditBlock[],
): EditBlock[] {
  if (at.parent === null) return change(blocks);
  return mapSame(blocks, (block) =>
    changeSlots(block, (slot) =>
      block.id === at.parent && slot.key === at.slot ? change(slot.blocks) : changeContainer(slot.blocks, at, change),
    ),
  );
}

/** The blocks with one of them changed, wherever it stands. */
export function changeBlock(blocks: EditBlock[], id: string, change: (block: EditBlock) => EditBlock): EditBlock[] {
  return mapSame(blocks, (block) =>
    block.id === id ? change(block) : changeSlots(block, (slot) => changeBlock(slot.blocks, id, change)),
  );
}

export interface Place {
  container: Container;
  index: number;
  block: EditBlock;
  siblings: EditBlock[];
}

/** Where a block stands, or null. */
export function placeOf(blocks: EditBlock[], id: string, container: Container = ROOT): Place | null {
  for (const [index, block] of blocks.entries()) {
    if (block.id === id) return { container, index, block, siblings: blocks };
    for (const slot of slotsOf(block)) {
      const found = placeOf(slot.blocks, id, { parent: block.id, slot: slot.key });
      if (found) return found;
    }
  }
  return null;
}

/** The list at a container; undefined if there is none. */
export function blocksAt(blocks: EditBlock[], at: Container): EditBlock[] | undefined {
  if (at.parent === null) return blocks;
  const block = placeOf(blocks, at.parent)?.block;
  return block && slotsOf(block).find(({ key }) => key === at.slot)?.blocks;
}

/** Every block with those inside it, in reading order. */
export function everyBlock(blocks: EditBlock[]): EditBlock[] {
  return blocks.flatMap((block) => [block, ...slotsOf(block).flatMap((slot) => everyBlock(slot.blocks))]);
}

export function newBlockId(): string {
  return crypto.randomUUID().slice(0, 8);
}

/** The block and all inside it under new ids, for a copy. */
export function withNewIds(block: EditBlock): EditBlock {
  const copy = changeSlots(block, (slot) => slot.blocks.map(withNewIds));
  return { ...copy, id: newBlockId() };
}

/** The same template always gets the same ids: it is drawn on the server and again in the browser. */
class Ids {
  private readonly taken = new Set<string>();
  private next = 1;

  take(wanted: string | undefined): string {
    let id = wanted && !this.taken.has(wanted) ? wanted : '';
    while (id === '' || (id !== wanted && this.taken.has(id))) id = `b${this.next++}`;
    this.taken.add(id);
    return id;
  }
}

function withIds(blocks: readonly (EmailBlock & { id?: string })[], ids: Ids): EditBlock[] {
  return blocks.map((given) => {
    const id = ids.take(given.id);
    if (given.type === 'columns') {
      const columns = given.columns.map((column) => ({ ...column, blocks: withIds(column.blocks, ids) }));
      return { ...given, id, columns };
    }
    if (given.type === 'conditional') {
      const { blocks: inner, otherwise, ...rest } = given;
      const more = otherwise ? { otherwise: withIds(otherwise, ids) } : {};
      return { ...rest, id, blocks: withIds(inner, ids), ...more };
    }
    return { ...given, id };
  });
}

/** A stored template for editing: every block gets an id that no other has. */
export function documentOf(template: EmailTemplate): EmailDocument {
  return { ...template, blocks: withIds(template.blocks, new Ids()) };
}
