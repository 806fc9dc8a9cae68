import type { ComponentProps } from 'react';
import { DotsGlyph } from './glyphs';
import { IconButton } from './icon-button';

type MoreButtonProps = Omit<ComponentProps<typeof IconButton>, 'label' | 'icon'> & { of: string };

/** Opens the menu of what else can be done with one thing. */
export function MoreButton({ of, ...rest }: MoreButtonProps) {
  return <IconButton label={`More for ${of}`} icon={<DotsGlyph />} {...rest} />;
}
