'use client';

import { menuOnDemand } from '@/components/ui/on-demand';

/** What else can be done with a list. */
export const ListMenuButton = menuOnDemand(async () => (await import('./list-menu')).ListMenu);
