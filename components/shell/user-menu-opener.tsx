'use client';

import { menuOnDemand } from '@/components/ui/on-demand';

/** One's own menu: colour scheme, account, sign out. */
export const UserMenuOpener = menuOnDemand(async () => (await import('./user-menu-list')).UserMenuList);
