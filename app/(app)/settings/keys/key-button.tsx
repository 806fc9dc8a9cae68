'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Makes an API key. */
export const KeyButton = onDemand(async () => (await import('./key-dialog')).KeyDialog);
