import { toast } from '@/components/ui/toast';
import { BLOCK_KINDS } from './block-kinds';
import { useEditor } from './editor-context';
import { changeContainer, type EditBlock, newBlockId, placeOf, withNewIds } from './email-document';
import { insertBlock, mayStand, removeBlock, stepBlock } from './move-blocks';

/** What can be done with one block, from its menu and from the keys. */
export function useBlockActs(block: EditBlock) {
  const { document, edit, select, focusBlock, announce, isReadOnly } = useEditor();
  const { blocks } = document;
  const { label } = BLOCK_KINDS[block.type];
  const wrapped = (): EditBlock => ({ type: 'conditional', id: newBlockId(), if: 'first_name', blocks: [block] });

  function step(direction: 'up' | 'down') {
    const next = stepBlock(blocks, block.id, direction);
    if (isReadOnly || next === blocks) return;
    edit((before) => ({ ...before, blocks: stepBlock(before.blocks, block.id, direction) }));
    focusBlock(block.id);
    const place = placeOf(next, block.id);
    if (place) announce(`${label} moved ${direction}: ${place.index + 1} of ${place.siblings.length}.`);
  }

  function duplicate() {
    const place = placeOf(blocks, block.id);
    const copy = withNewIds(block);
    if (isReadOnly || !place || !mayStand(blocks, copy, place.container)) return;
    edit((before) => ({ ...before, blocks: insertBlock(before.blocks, place.container, place.index + 1, copy) }));
    focusBlock(copy.id);
    announce(`${label} duplicated.`);
  }

  function remove() {
    const place = placeOf(blocks, block.id);
    if (isReadOnly || !place) return;
    const neighbour = place.siblings[place.index + 1] ?? place.siblings[place.index - 1];
    edit((before) => ({ ...before, blocks: removeBlock(before.blocks, block.id) }));
    select(null);
    if (neighbour) focusBlock(neighbour.id);
    toast.note(`${label} removed.`, { description: 'Undo brings it back.' });
  }

  function wrap() {
    const place = placeOf(blocks, block.id);
    if (isReadOnly || !place) return;
    const condition = wrapped();
    edit((before) => ({
      ...before,
      blocks: changeContainer(before.blocks, place.container, (list) =>
        list.map((each) => (each.id === block.id ? condition : each)),
      ),
    }));
    select(condition.id);
    focusBlock(condition.id);
  }

  const place = placeOf(blocks, block.id);
  const mayWrap = place !== null && mayStand(removeBlock(blocks, block.id), wrapped(), place.container);
  return { step, duplicate, remove, wrap, mayWrap };
}
