'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { archiveOutputTable } from '@/lib/features/outputs/archive-output-table';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { updateOutputTable } from '@/lib/features/outputs/update-output-table';
import { action } from '@/lib/http/action';
import { formAction } from '@/lib/http/form-action';

/** One column a line, or parted by commas. */
const columnsField = z.string().transform((text) =>
  text
    .split(/[\n,]/)
    .map((column) => column.trim())
    .filter((column) => column !== ''),
);

export const createTable = formAction(
  z.object({ name: z.string(), columns: columnsField }),
  async (ctx: Ctx, input) => {
    const { slug } = await createOutputTable(ctx, input);
    revalidatePath('/outputs');
    redirect(`/outputs/${slug}`);
  },
);

export const saveTable = formAction(
  z.object({ id: z.string(), name: z.string(), columns: columnsField }),
  async (ctx: Ctx, input) => {
    await updateOutputTable(ctx, input);
    revalidatePath('/outputs', 'layout');
  },
  () => 'Saved.',
);

export const archiveTable = action(async (ctx: Ctx, id: string) => {
  await archiveOutputTable(ctx, id);
  revalidatePath('/outputs', 'layout');
});
