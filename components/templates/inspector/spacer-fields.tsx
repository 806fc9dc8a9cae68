'use client';

import { type BlockOf, useBlockFields } from './block-fields';
import { NumberField } from './number-field';

export function SpacerFields({ block }: { block: BlockOf<'spacer'> }) {
  const { set, error } = useBlockFields<'spacer'>(block);
  return (
    <NumberField
      label="Height"
      unit="px"
      value={block.heightPx}
      onChange={(value) => value !== undefined && set('heightPx', value)}
      error={error('heightPx')}
    />
  );
}
