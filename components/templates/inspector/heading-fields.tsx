'use client';

import { Segmented } from '@/components/ui/segmented';
import { TagField } from '../tag-field';
import { AlignField } from './align-field';
import { type BlockOf, useBlockFields } from './block-fields';
import { Choice, ChoiceRow } from './choice';

export function HeadingFields({ block }: { block: BlockOf<'heading'> }) {
  const { set, error, fields, isReadOnly } = useBlockFields<'heading'>(block);
  return (
    <>
      <TagField
        label="Heading"
        value={block.content}
        onChange={(value) => set('content', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('content')}
      />
      <ChoiceRow>
        <Choice label="Level">
          <Segmented<'1' | '2' | '3'>
            label="Level"
            value={`${block.level}`}
            onChange={(value) => set('level', value === '1' ? 1 : value === '2' ? 2 : 3)}
            options={[
              { value: '1', label: 'Large', name: 'Large, level 1' },
              { value: '2', label: 'Medium', name: 'Medium, level 2' },
              { value: '3', label: 'Small', name: 'Small, level 3' },
            ]}
          />
        </Choice>
        <AlignField value={block.align} onChange={(value) => set('align', value)} />
      </ChoiceRow>
    </>
  );
}
