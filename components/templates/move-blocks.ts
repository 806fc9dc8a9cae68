import {
  blocksAt,
  type Container,
  changeContainer,
  type EditBlock,
  isSameContainer,
  type Place,
  placeOf,
  slotsOf,
} from './email-document';

const MOST_CONDITIONS_DEEP = 3;
const LEAVES = new Set(['text', 'heading', 'image', 'button', 'divider', 'spacer', 'social']);

/** How many conditions stand in one another from this block inwards. */
function conditionsWithin(block: EditBlock): number {
  const inner = slotsOf(block).flatMap((slot) => slot.blocks.map(conditionsWithin));
  return Math.max(0, ...inner) + (block.type === 'conditional' ? 1 : 0);
}

function conditionsAround(blocks: EditBlock[], at: Container): number {
  if (at.parent === null) return 0;
  const place = placeOf(blocks, at.parent);
  if (!place) return 0;
  return conditionsAround(blocks, place.container) + (place.block.type === 'conditional' ? 1 : 0);
}

function holds(block: EditBlock, id: string): boolean {
  return block.id === id || slotsOf(block).some((slot) => slot.blocks.some((inner) => holds(inner, id)));
}

/** Whether the grammar lets a block stand there: columns hold simple blocks, conditions nest three deep, lists have an end. */
export function mayStand(blocks: EditBlock[], block: EditBlock, at: Container): boolean {
  const parent = at.parent === null ? null : placeOf(blocks, at.parent)?.block;
  if (parent === undefined || (parent && holds(block, parent.id))) return false;
  const inColumns = parent?.type === 'columns';
  if (inColumns && !LEAVES.has(block.type)) return false;
  const list = blocksAt(blocks, at);
  const most = inColumns ? 20 : parent ? 50 : 100;
  if (!list || (list.length >= most && !list.some(({ id }) => id === block.id))) return false;
  return conditionsAround(blocks, at) + conditionsWithin(block) <= MOST_CONDITIONS_DEEP;
}

export function insertBlock(blocks: EditBlock[], at: Container, index: number, block: EditBlock): EditBlock[] {
  if (!mayStand(blocks, block, at)) return blocks;
  return changeContainer(blocks, at, (list) => [...list.slice(0, index), block, ...list.slice(index)]);
}

export function removeBlock(blocks: EditBlock[], id: string): EditBlock[] {
  const place = placeOf(blocks, id);
  if (!place) return blocks;
  return changeContainer(blocks, place.container, (list) => list.filter((block) => block.id !== id));
}

/** Puts a block before what now stands at `index` of a list; unchanged where it may not stand. */
export function moveBlock(blocks: EditBlock[], id: string, at: Container, index: number): EditBlock[] {
  const place = placeOf(blocks, id);
  if (!place || !mayStand(blocks, place.block, at)) return blocks;
  const isSame = isSameContainer(place.container, at);
  const to = isSame && index > place.index ? index - 1 : index;
  if (isSame && to === place.index) return blocks;
  return insertBlock(removeBlock(blocks, id), at, to, place.block);
}

type Target = [at: Container, index: number];

/** The places before the block in reading order, nearest first: into the neighbour above, past it, or out of the parent. */
function targetsAbove(blocks: EditBlock[], { container, index, siblings }: Place): Target[] {
  const above = siblings[index - 1];
  if (above) {
    const into = slotsOf(above)
      .toReversed()
      .map((slot): Target => [{ parent: above.id, slot: slot.key }, slot.blocks.length]);
    return [...into, [container, index - 1]];
  }
  const parent = container.parent === null ? null : placeOf(blocks, container.parent);
  if (!parent) return [];
  const slots = slotsOf(parent.block);
  const before = slots
    .slice(
      0,
      slots.findIndex(({ key }) => key === container.slot),
    )
    .toReversed();
  const into = before.map((slot): Target => [{ parent: parent.block.id, slot: slot.key }, slot.blocks.length]);
  return [...into, [parent.container, parent.index]];
}

function targetsBelow(blocks: EditBlock[], { container, index, siblings }: Place): Target[] {
  const below = siblings[index + 1];
  if (below) {
    const into = slotsOf(below).map((slot): Target => [{ parent: below.id, slot: slot.key }, 0]);
    return [...into, [container, index + 2]];
  }
  const parent = container.parent === null ? null : placeOf(blocks, container.parent);
  if (!parent) return [];
  const slots = slotsOf(parent.block);
  const after = slots.slice(slots.findIndex(({ key }) => key === container.slot) + 1);
  const into = after.map((slot): Target => [{ parent: parent.block.id, slot: slot.key }, 0]);
  return [...into, [parent.container, parent.index + 1]];
}

/**
 * One step up or down in reading order: into a neighbour that holds blocks, past one that does not, out of the list at its
 * end. So every place can be reached by keys alone, and a step back undoes a step.
 */
export function stepBlock(blocks: EditBlock[], id: string, direction: 'up' | 'down'): EditBlock[] {
  const place = placeOf(blocks, id);
  if (!place) return blocks;
  const targets = direction === 'up' ? targetsAbove(blocks, place) : targetsBelow(blocks, place);
  const target = targets.find(([at]) => mayStand(blocks, place.block, at));
  return target ? moveBlock(blocks, id, target[0], target[1]) : blocks;
}
