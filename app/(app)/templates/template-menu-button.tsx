'use client';

import { MoreButton } from '@/components/ui/more-button';
import { menuOnDemand } from '@/components/ui/on-demand';
import type { TemplateMenuProps } from './template-menu';

const OnDemand = menuOnDemand(async () => (await import('./template-menu')).TemplateMenu);

/** What can be done with a template besides opening it. */
export function TemplateMenuButton(props: Omit<TemplateMenuProps, 'trigger'>) {
  return (
    <span className="relative z-10">
      <OnDemand {...props} trigger={<MoreButton of={props.name} />} />
    </span>
  );
}
