'use client';

import { whileMoving } from '@/components/runs/while-moving';

/** The list of campaigns, live while a run of one of them is under way. */
export const MovingCampaigns = whileMoving(async () => (await import('./campaigns-live')).CampaignsLive);
