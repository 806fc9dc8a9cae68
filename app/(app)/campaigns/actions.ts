'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { describeError } from '@/lib/errors';
import { deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import {
  approvalSchema,
  approveCampaign,
  declineApproval,
  declineApprovalSchema,
  requestApproval,
} from '@/lib/features/campaigns/approve-campaign';
import { archiveCampaign, archiveCampaignSchema, restoreCampaign } from '@/lib/features/campaigns/archive-campaign';
import { createCampaign, createCampaignSchema } from '@/lib/features/campaigns/create-campaign';
import { duplicateCampaign, duplicateCampaignSchema } from '@/lib/features/campaigns/duplicate-campaign';
import { activateChecked, launchChecked, launchCheckedSchema } from '@/lib/features/campaigns/launch-checked';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { action } from '@/lib/http/action';
import { sendRunLaunched } from '@/lib/jobs/send-events';

function thenRefresh<I, T>(verb: (ctx: Ctx, input: I) => Promise<T>) {
  return async (ctx: Ctx, input: I): Promise<T> => {
    const result = await verb(ctx, input);
    revalidatePath('/campaigns', 'layout');
    return result;
  };
}

export const create = action(createCampaignSchema, createCampaign);
export const duplicate = action(duplicateCampaignSchema, duplicateCampaign);
export const archive = action(archiveCampaignSchema, thenRefresh(archiveCampaign));
export const restore = action(archiveCampaignSchema, thenRefresh(restoreCampaign));

/** Told again when it was launched before: the event may be what got lost. Without it the sweep starts the run. */
async function tellDispatcher(workspaceId: string, runId: string): Promise<void> {
  try {
    await sendRunLaunched({ workspaceId, runId });
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', at: 'launch event', runId, detail: describeError(error) }));
  }
}

export const launch = action(launchCheckedSchema, async (ctx, input) => {
  const launched = await launchChecked(ctx, input);
  await tellDispatcher(ctx.workspaceId, launched.runId);
  return launched;
});

export const activate = action(launchCheckedSchema, thenRefresh(activateChecked));
export const deactivate = action(
  z.object({ campaignId: z.string() }),
  thenRefresh((ctx, { campaignId }: { campaignId: string }) => deactivateCampaign(ctx, campaignId)),
);

export const askApproval = action(approvalSchema, thenRefresh(requestApproval));
export const approve = action(approvalSchema, thenRefresh(approveCampaign));
export const decline = action(declineApprovalSchema, thenRefresh(declineApproval));

export const createTable = action(z.object({ name: z.string() }), (ctx, { name }) => createOutputTable(ctx, { name }));
