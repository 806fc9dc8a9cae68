'use client';

import { MoreButton } from '@/components/ui/more-button';
import { menuOnDemand } from '@/components/ui/on-demand';
import type { SegmentMenuProps } from './segment-menu';

const OnDemand = menuOnDemand(async () => (await import('./segment-menu')).SegmentMenu);

/** What can be done with a segment besides opening it. */
export function SegmentMenuButton(props: Omit<SegmentMenuProps, 'trigger'>) {
  return (
    <span className="relative z-10">
      <OnDemand {...props} trigger={<MoreButton of={props.name} />} />
    </span>
  );
}
