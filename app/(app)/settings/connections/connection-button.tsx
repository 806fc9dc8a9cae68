'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Adds a connection, or changes the given one. */
export const ConnectionButton = onDemand(async () => (await import('./connection-dialog')).ConnectionDialog);
