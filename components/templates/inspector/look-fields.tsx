'use client';

import { cn } from '@/components/ui/cn';
import { Segmented } from '@/components/ui/segmented';
import { toneColours } from '../block-kinds';
import { useEditor } from '../editor-context';
import type { EditBlock } from '../email-document';
import { Choice, ChoiceRow } from './choice';

type Tone = NonNullable<EditBlock['tone']>;
type Padding = NonNullable<EditBlock['padding']>;

const TONES: { value: Tone; name: string }[] = [
  { value: 'plain', name: 'Plain' },
  { value: 'tint', name: 'Tinted' },
  { value: 'brand', name: 'Brand colour' },
  { value: 'dark', name: 'Dark' },
];

/** The band a block stands on, and the room around it. A condition is no band: what it holds is. */
export function LookFields({ block }: { block: EditBlock }) {
  const { editBlock, document } = useEditor();
  if (block.type === 'conditional') return null;
  return (
    <ChoiceRow>
      <Choice label="Background">
        <Segmented<Tone>
          label="Background"
          value={block.tone ?? 'plain'}
          onChange={(tone) => editBlock(block.id, { tone }, 'tone')}
          options={TONES.map(({ value, name }) => ({
            value,
            name,
            label: (
              <span
                className={cn('size-4 rounded-xs border border-field')}
                style={{ background: toneColours(document.theme, value).background }}
              />
            ),
          }))}
        />
      </Choice>
      <Choice label="Room above and below">
        <Segmented<Padding>
          label="Room above and below"
          value={block.padding ?? 'normal'}
          onChange={(padding) => editBlock(block.id, { padding }, 'padding')}
          options={[
            { value: 'none', label: '0', name: 'None' },
            { value: 'small', label: 'S', name: 'Small' },
            { value: 'normal', label: 'M', name: 'Normal' },
            { value: 'large', label: 'L', name: 'Large' },
          ]}
        />
      </Choice>
    </ChoiceRow>
  );
}
