import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EditBlock, everyBlock, placeOf, ROOT, withNewIds } from './email-document';
import { insertBlock, mayStand, moveBlock, removeBlock, stepBlock } from './move-blocks';

const text = (id: string): EditBlock => ({ type: 'text', id, content: id });
const columns = (id: string, ...inner: EditBlock[][]): EditBlock => ({
  type: 'columns',
  id,
  columns: inner.map((blocks) => ({ blocks })),
});
const when = (id: string, blocks: EditBlock[], otherwise?: EditBlock[]): EditBlock => ({
  type: 'conditional',
  id,
  if: 'plan',
  blocks,
  ...(otherwise ? { otherwise } : {}),
});

const sample = (): EditBlock[] => [
  text('a'),
  columns('c', [text('c1')], [text('c2'), text('c3')]),
  when('w', [text('w1'), when('v', [text('v1')])], [text('w2')]),
  text('z'),
];
const order = (blocks: EditBlock[]) => everyBlock(blocks).map(({ id }) => id);

describe('moving a block', () => {
  it('by keys visits every place it may stand in, and back again', () => {
    let blocks = sample();
    const seen: string[] = [];
    for (let step = 0; step < 40; step++) {
      const next = stepBlock(blocks, 'a', 'down');
      if (next === blocks) break;
      expect(stepBlock(next, 'a', 'up')).toEqual(blocks);
      blocks = next;
      const place = placeOf(blocks, 'a');
      seen.push(`${place?.container.parent ?? 'root'}/${place?.container.slot}/${place?.index}`);
    }
    expect(seen).toEqual([
      'c/0/0',
      'c/0/1',
      'c/1/0',
      'c/1/1',
      'c/1/2',
      'root/blocks/1',
      'w/blocks/0',
      'w/blocks/1',
      'v/blocks/0',
      'v/blocks/1',
      'w/blocks/2',
      'w/otherwise/0',
      'w/otherwise/1',
      'root/blocks/2',
      'root/blocks/3',
    ]);
  });

  it('loses and doubles none, wherever it goes', () => {
    const ids = order(sample());
    const containers = [
      ROOT,
      { parent: 'c', slot: '0' },
      { parent: 'c', slot: '1' },
      { parent: 'w', slot: 'otherwise' },
      { parent: 'v', slot: 'blocks' },
    ];
    const move = fc.record({ id: fc.constantFrom(...ids), at: fc.constantFrom(...containers), index: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(move, { maxLength: 12 }), (moves) => {
        let blocks = sample();
        for (const { id, at, index } of moves) blocks = moveBlock(blocks, id, at, index);
        expect(order(blocks).sort()).toEqual([...ids].sort());
      }),
    );
  });

  it('goes nowhere it may not stand', () => {
    const blocks = sample();
    expect(mayStand(blocks, columns('n', [], []), { parent: 'c', slot: '0' })).toBe(false);
    expect(mayStand(blocks, { type: 'footer', id: 'f' }, { parent: 'c', slot: '0' })).toBe(false);
    expect(moveBlock(blocks, 'w', { parent: 'v', slot: 'blocks' }, 0)).toBe(blocks);
    expect(moveBlock(blocks, 'w', { parent: 'w', slot: 'otherwise' }, 0)).toBe(blocks);
    const deep = [when('x', [when('y', [when('z3', [])])])];
    expect(mayStand(deep, when('n', []), { parent: 'z3', slot: 'blocks' })).toBe(false);
    expect(mayStand(deep, when('n', []), { parent: 'y', slot: 'blocks' })).toBe(true);
  });

  it('keeps untouched blocks the same objects', () => {
    const blocks = sample();
    const next = removeBlock(blocks, 'v1');
    expect(next[1]).toBe(blocks[1]);
    expect(next[2]).not.toBe(blocks[2]);
  });

  it('copies under new ids', () => {
    const copy = withNewIds(sample()[2] as EditBlock);
    const blocks = insertBlock(sample(), ROOT, 3, copy);
    expect(new Set(order(blocks)).size).toBe(order(blocks).length);
  });
});
