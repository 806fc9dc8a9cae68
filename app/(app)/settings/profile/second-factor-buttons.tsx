'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Makes ten new recovery codes. */
export const RenewCodes = onDemand(async () => (await import('./renew-codes-dialog')).RenewCodesDialog);

/** Turns two-factor sign-in off. */
export const TurnOff = onDemand(async () => (await import('./turn-off-dialog')).TurnOffDialog);
