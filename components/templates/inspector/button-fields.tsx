'use client';

import { Checkbox } from '@/components/ui/checkbox';
import { Segmented } from '@/components/ui/segmented';
import { TagField } from '../tag-field';
import { AlignField } from './align-field';
import { type BlockOf, useBlockFields } from './block-fields';
import { Choice, ChoiceRow } from './choice';

export function ButtonFields({ block }: { block: BlockOf<'button'> }) {
  const { set, error, fields, isReadOnly } = useBlockFields<'button'>(block);
  return (
    <>
      <TagField
        label="Label"
        value={block.label}
        onChange={(value) => set('label', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('label')}
      />
      <TagField
        label="Leads to"
        mono
        value={block.url}
        onChange={(value) => set('url', value)}
        fields={fields}
        disabled={isReadOnly}
        error={error('url')}
        placeholder="https://"
      />
      <ChoiceRow>
        <Choice label="Style">
          <Segmented<'solid' | 'outline'>
            label="Style"
            value={block.variant ?? 'solid'}
            onChange={(value) => set('variant', value)}
            options={[
              { value: 'solid', label: 'Filled' },
              { value: 'outline', label: 'Outline' },
            ]}
          />
        </Choice>
        <AlignField value={block.align} onChange={(value) => set('align', value)} />
        <Checkbox
          label="Full width"
          className="pb-1.5"
          checked={block.isFullWidth ?? false}
          onCheckedChange={(value) => set('isFullWidth', value === true)}
        />
      </ChoiceRow>
    </>
  );
}
