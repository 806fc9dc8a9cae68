'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Invites a colleague. */
export const InviteButton = onDemand(async () => (await import('./invite-dialog')).InviteDialog);
