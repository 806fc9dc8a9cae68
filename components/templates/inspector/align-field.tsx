'use client';

import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react';
import { Segmented } from '@/components/ui/segmented';
import { Choice } from './choice';

type Align = 'left' | 'center' | 'right';

/** Where a block stands in its line; `left` is what mail programs do by themselves. */
export function AlignField({ value, onChange }: { value: Align | undefined; onChange: (value: Align) => void }) {
  return (
    <Choice label="Align">
      <Segmented<Align>
        label="Align"
        value={value ?? 'left'}
        onChange={onChange}
        options={[
          { value: 'left', name: 'Left', label: <AlignLeft /> },
          { value: 'center', name: 'Centre', label: <AlignCenter /> },
          { value: 'right', name: 'Right', label: <AlignRight /> },
        ]}
      />
    </Choice>
  );
}
