'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Suppresses the addresses of a file. */
export const ImportButton = onDemand(async () => (await import('./import-dialog')).ImportDialog);
