'use client';

import { Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Select } from '@/components/ui/select';
import { SOCIAL_NETWORKS } from '@/lib/domain/template';
import { NETWORKS } from '../block-face';
import { TagField } from '../tag-field';
import { AlignField } from './align-field';
import { type BlockOf, useBlockFields } from './block-fields';
import { ChoiceRow } from './choice';

type SocialLink = BlockOf<'social'>['links'][number];

export function SocialFields({ block }: { block: BlockOf<'social'> }) {
  const { patch, set, error, fields, isReadOnly } = useBlockFields<'social'>(block);
  const { links } = block;

  function change(index: number, next: Partial<SocialLink>) {
    const changed = links.map((link, at) => (at === index ? { ...link, ...next } : link));
    patch({ links: changed }, `links.${index}`);
  }

  return (
    <>
      <ul className="flex flex-col gap-3">
        {links.map((link, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: links have no name of their own, and fields keep no state
          <li key={index} className="grid grid-cols-[8rem_minmax(0,1fr)_2rem] items-end gap-2">
            <Select
              aria-label={`Network ${index + 1}`}
              value={link.network}
              disabled={isReadOnly}
              onValueChange={(value) => {
                const network = SOCIAL_NETWORKS.find((each) => each === value);
                if (network) change(index, { network });
              }}
              options={SOCIAL_NETWORKS.map((value) => ({ value, label: NETWORKS[value] }))}
            />
            <TagField
              label={`Address of ${NETWORKS[link.network]}`}
              mono
              value={link.url}
              onChange={(value) => change(index, { url: value })}
              fields={fields}
              disabled={isReadOnly}
              error={error(`links.${index}.url`)}
            />
            <IconButton
              label={`Remove ${NETWORKS[link.network]}`}
              icon={<X />}
              disabled={isReadOnly || links.length === 1}
              onClick={() =>
                set(
                  'links',
                  links.filter((_, at) => at !== index),
                )
              }
              className="mb-0.5"
            />
          </li>
        ))}
      </ul>
      <ChoiceRow>
        <Button
          size="sm"
          disabled={links.length >= 10}
          onClick={() => set('links', [...links, { network: 'website', url: 'https://' }])}
        >
          <Plus /> Add a link
        </Button>
        <AlignField value={block.align ?? 'center'} onChange={(value) => set('align', value)} />
      </ChoiceRow>
    </>
  );
}
