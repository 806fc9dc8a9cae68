'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { Ctx } from '@/lib/context';
import { archiveTemplate, unarchiveTemplate } from '@/lib/features/templates/archive-template';
import { createTemplate, createTemplateSchema } from '@/lib/features/templates/create-template';
import { duplicateTemplate } from '@/lib/features/templates/duplicate-template';
import { action } from '@/lib/http/action';

function thenRefresh<T>(verb: (ctx: Ctx, id: string) => Promise<T>) {
  return action(async (ctx: Ctx, id: string) => {
    const result = await verb(ctx, id);
    revalidatePath('/templates', 'layout');
    return result;
  });
}

export const archive = thenRefresh(archiveTemplate);
export const unarchive = thenRefresh(unarchiveTemplate);
export const duplicate = thenRefresh(duplicateTemplate);

export const create = action(createTemplateSchema, async (ctx, input) => {
  const { id } = await createTemplate(ctx, input);
  revalidatePath('/templates');
  redirect(`/templates/${id}`);
});
