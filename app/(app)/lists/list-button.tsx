'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Makes a list, or changes the given one. */
export const ListButton = onDemand(async () => (await import('./list-dialog')).ListDialog);
