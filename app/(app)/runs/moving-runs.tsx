'use client';

import { whileMoving } from '@/components/runs/while-moving';

/** The list of runs, live while one of them is under way. */
export const MovingRuns = whileMoving(async () => (await import('./runs-live')).RunsLive);
