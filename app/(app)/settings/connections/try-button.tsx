'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Tries a connection; nobody is recorded. */
export const TryButton = onDemand(async () => (await import('./try-connection')).TryConnection);
