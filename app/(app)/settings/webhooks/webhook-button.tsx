'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Adds a webhook. */
export const WebhookButton = onDemand(async () => (await import('./webhook-dialog')).WebhookDialog);
