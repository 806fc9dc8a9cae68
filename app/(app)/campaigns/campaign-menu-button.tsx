'use client';

import { MoreButton } from '@/components/ui/more-button';
import { menuOnDemand } from '@/components/ui/on-demand';
import type { CampaignMenuProps } from './campaign-menu';

const OnDemand = menuOnDemand(async () => (await import('./campaign-menu')).CampaignMenu);

/** What can be done with a campaign besides opening it. */
export function CampaignMenuButton(props: Omit<CampaignMenuProps, 'trigger'>) {
  return (
    <span className="relative z-10">
      <OnDemand {...props} trigger={<MoreButton of={props.name} />} />
    </span>
  );
}
