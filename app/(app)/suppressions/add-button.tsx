'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Suppresses one address. */
export const AddButton = onDemand(async () => (await import('./add-dialog')).AddDialog);
