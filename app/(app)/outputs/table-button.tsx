'use client';

import { onDemand } from '@/components/ui/on-demand';

/** Makes an output table, or changes the given one. */
export const TableButton = onDemand(async () => (await import('./table-dialog')).TableDialog);
