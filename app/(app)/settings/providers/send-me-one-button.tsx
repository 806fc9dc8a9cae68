'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Sends one real message to oneself. */
export const SendMeOneButton = onDemand(async () => (await import('./send-me-one')).SendMeOne);
