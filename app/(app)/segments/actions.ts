'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { archiveSegment } from '@/lib/features/segments/archive-segment';
import { createSegment } from '@/lib/features/segments/create-segment';
import { updateSegment } from '@/lib/features/segments/update-segment';
import { action } from '@/lib/http/action';

export const create = action(createSegment);
export const update = action(updateSegment);

export const archive = action(async (ctx: Ctx, id: string) => {
  await archiveSegment(ctx, { id });
  revalidatePath('/segments');
});
