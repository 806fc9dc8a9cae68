'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Allows an address again, with a reason. */
export const RemoveButton = onDemand(async () => (await import('./remove-dialog')).RemoveDialog);
