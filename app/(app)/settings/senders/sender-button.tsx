'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Adds a sender, or changes the given one. */
export const SenderButton = onDemand(async () => (await import('./sender-dialog')).SenderDialog);
