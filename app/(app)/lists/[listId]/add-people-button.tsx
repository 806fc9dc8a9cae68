'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Puts people on the list. */
export const AddPeopleButton = onDemand(async () => (await import('./add-people-dialog')).AddPeopleDialog);
