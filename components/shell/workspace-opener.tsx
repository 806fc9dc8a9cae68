'use client';

import { menuOnDemand } from '@/components/ui/on-demand';

/** The menu of one's workspaces. */
export const WorkspaceOpener = menuOnDemand(async () => (await import('./workspace-list')).WorkspaceList);
