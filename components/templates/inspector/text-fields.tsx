'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Segmented } from '@/components/ui/segmented';
import { TagField } from '../tag-field';
import { AlignField } from './align-field';
import { type BlockOf, useBlockFields } from './block-fields';
import { Choice, ChoiceRow } from './choice';

export function TextFields({ block }: { block: BlockOf<'text'> }) {
  const { set, error, fields, isReadOnly } = useBlockFields<'text'>(block);
  return (
    <>
      <TagField
        label="Text"
        kind="rich"
        rows={5}
        value={block.content}
        onChange={(value) => set('content', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('content')}
        hint="A blank line begins a new paragraph."
      />
      <ChoiceRow>
        <Choice label="Size">
          <Segmented<'small' | 'normal' | 'large'>
            label="Size"
            value={block.size ?? 'normal'}
            onChange={(value) => set('size', value)}
            options={[
              { value: 'small', label: 'S', name: 'Small' },
              { value: 'normal', label: 'M', name: 'Normal' },
              { value: 'large', label: 'L', name: 'Large' },
            ]}
          />
        </Choice>
        <AlignField value={block.align} onChange={(value) => set('align', value)} />
        <Checkbox
          label="Quiet colour"
          className="pb-1.5"
          checked={block.isMuted ?? false}
          onCheckedChange={(value) => set('isMuted', value === true)}
        />
      </ChoiceRow>
    </>
  );
}
