'use server';

import { revalidatePath } from 'next/cache';
import type { z } from 'zod';
import { tellDispatcher } from '@/app/(app)/runs/[runId]/tell-dispatcher';
import type { Ctx } from '@/lib/context';
import { resendMessage, resendMessageSchema } from '@/lib/features/service/resend-message';
import { formAction } from '@/lib/http/form-action';
import { sendRunWake } from '@/lib/jobs/send-events';

async function resendAndWake(ctx: Ctx, input: z.output<typeof resendMessageSchema>) {
  const { deliveryId, runId, waits } = await resendMessage(ctx, input);
  await tellDispatcher(sendRunWake({ workspaceId: ctx.workspaceId, runId }));
  revalidatePath('/service', 'layout');
  return { deliveryId, waits };
}

export const sendAgain = formAction(resendMessageSchema, resendAndWake, ({ waits }) =>
  waits
    ? `It waits: such messages go ${waits.hours}. It then goes by itself, and the history says what becomes of it.`
    : 'It is on its way again. The history says what becomes of it.',
);
