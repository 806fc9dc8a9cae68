'use server';

import { revalidatePath } from 'next/cache';
import type { Ctx } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { cancelImport } from '@/lib/features/imports/cancel-import';
import { getImport } from '@/lib/features/imports/get-import';
import { startImport } from '@/lib/features/imports/start-import';
import { undoImport } from '@/lib/features/imports/undo-import';
import { action } from '@/lib/http/action';
import { sendImportStarted } from '@/lib/jobs/send-events';

async function startAndWake(ctx: Ctx, input: Parameters<typeof startImport>[1]): Promise<{ id: string }> {
  const { id } = await startImport(ctx, input);
  await sendImportStarted({ workspaceId: ctx.workspaceId, importId: id });
  return { id };
}

/** Checks the whole file without writing. */
export const check = action((ctx: Ctx, input: Parameters<typeof startImport>[1]) =>
  startAndWake(ctx, { ...input, dryRun: true }),
);

/** Imports exactly what was checked. */
export const importChecked = action(async (ctx: Ctx, checkId: string) => {
  const { uploadId, listId, settings, dryRun, status } = await getImport(ctx, { id: checkId });
  if (!dryRun || status !== 'completed') {
    throw new AppError('precondition', 'This check is not finished. Check the file first; nothing was imported.');
  }
  const mapping = settings.columns.map(({ name, target }) => ({ column: name, target }));
  return startAndWake(ctx, { uploadId, mapping, options: settings.options, ...(listId && { listId }) });
});

export const cancel = action(async (ctx: Ctx, id: string) => {
  await cancelImport(ctx, { id });
  revalidatePath(`/contacts/imports/${id}`);
});

export const undo = action(async (ctx: Ctx, id: string) => {
  const result = await undoImport(ctx, { id });
  revalidatePath(`/contacts/imports/${id}`);
  return result;
});
