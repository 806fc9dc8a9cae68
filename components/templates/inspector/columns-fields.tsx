'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { type BlockOf, useBlockFields } from './block-fields';
import { Choice, ChoiceRow } from './choice';

type Columns = BlockOf<'columns'>['columns'];

const SHARES: Record<number, number[][]> = {
  2: [
    [50, 50],
    [33, 67],
    [67, 33],
    [25, 75],
    [75, 25],
    [14, 86],
  ],
  3: [
    [33, 33, 34],
    [25, 50, 25],
    [50, 25, 25],
    [25, 25, 50],
  ],
  4: [[25, 25, 25, 25]],
};

/** More columns begin empty; of fewer the last one takes over what the others held. */
function resized(columns: Columns, count: number): Columns {
  const even = columns.map(({ blocks }) => ({ blocks }));
  if (count >= even.length) {
    return [...even, ...Array.from({ length: count - even.length }, () => ({ blocks: [] }))];
  }
  const kept = even.slice(0, count);
  const orphans = even.slice(count).flatMap(({ blocks }) => blocks);
  return kept.map((column, index) =>
    index === count - 1 ? { ...column, blocks: [...column.blocks, ...orphans] } : column,
  );
}

export function ColumnsFields({ block }: { block: BlockOf<'columns'> }) {
  const { set, isReadOnly } = useBlockFields<'columns'>(block);
  const { columns } = block;
  const shares = columns.map(({ widthPercent }) => widthPercent);
  const chosen = shares.every((share) => share === undefined) ? 'even' : shares.join(' ');
  const known = (SHARES[columns.length] ?? []).map((widths) => widths.join(' '));

  function setShares(value: string) {
    const widths = value === 'even' ? [] : value.split(' ').map(Number);
    set(
      'columns',
      columns.map(({ blocks }, index) => ({ blocks, ...(widths[index] ? { widthPercent: widths[index] } : {}) })),
    );
  }

  return (
    <ChoiceRow>
      <Choice label="Columns">
        <Segmented<'2' | '3' | '4'>
          label="Columns"
          value={columns.length === 2 ? '2' : columns.length === 3 ? '3' : '4'}
          onChange={(value) => set('columns', resized(columns, Number(value)))}
          options={[
            { value: '2', label: '2' },
            { value: '3', label: '3' },
            { value: '4', label: '4' },
          ]}
        />
      </Choice>
      <Choice label="Widths">
        <Select
          aria-label="Widths"
          className="w-40"
          disabled={isReadOnly}
          value={chosen}
          onValueChange={setShares}
          options={[
            { value: 'even', label: 'All the same' },
            ...(known.includes(chosen) || chosen === 'even' ? known : [...known, chosen]).map((value) => ({
              value,
              label: `${value.split(' ').join(' : ')} %`,
            })),
          ]}
        />
      </Choice>
      <Checkbox
        label="One below the other on phones"
        className="pb-1.5"
        checked={block.isStackedOnMobile ?? true}
        onCheckedChange={(value) => set('isStackedOnMobile', value === true)}
      />
    </ChoiceRow>
  );
}
