'use client';

import { TagField } from '../tag-field';
import { type BlockOf, useBlockFields } from './block-fields';

export function FooterFields({ block }: { block: BlockOf<'footer'> }) {
  const { set, error, fields, isReadOnly } = useBlockFields<'footer'>(block);
  const shared = { fields, disabled: isReadOnly, optional: true };
  return (
    <>
      <TagField
        {...shared}
        label="Why they get this"
        kind="rich"
        rows={2}
        value={block.content ?? ''}
        onChange={(value) => set('content', value || undefined)}
        error={error('content')}
        hint="The workspace’s name and postal address follow by themselves."
      />
      <TagField
        {...shared}
        label="Unsubscribe link says"
        placeholder="Unsubscribe"
        value={block.unsubscribeLabel ?? ''}
        onChange={(value) => set('unsubscribeLabel', value || undefined)}
        error={error('unsubscribeLabel')}
      />
      <TagField
        {...shared}
        label="Preferences link says"
        placeholder="Preferences"
        value={block.preferencesLabel ?? ''}
        onChange={(value) => set('preferencesLabel', value || undefined)}
        error={error('preferencesLabel')}
      />
    </>
  );
}
