'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { workspaceHoursSchema } from '@/lib/domain/send-hours';
import { updateWorkspace } from '@/lib/features/workspaces/update-workspace';
import { formAction } from '@/lib/http/form-action';
import { NO_COUNTRY } from './no-country';

const emptyAsNull = z
  .string()
  .trim()
  .transform((text) => text || null);
const wholeOrNull = z
  .string()
  .trim()
  .regex(/^\d{0,9}$/, 'Enter a whole number, or nothing.')
  .transform((text) => (text ? Number(text) : null));
const lines = z.string().transform((text) => {
  const given = text.split(/\s+/).filter(Boolean);
  return given.length > 0 ? given : null;
});
const ticked = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');
// two channels' hours are one hidden field, which only a script fills in
const hours = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue('The hours could not be read. Reload the page and set them again.');
      return z.NEVER;
    }
  })
  .pipe(workspaceHoursSchema)
  .transform((set) => (Object.keys(set).length > 0 ? set : null));

const workspaceFormSchema = z.object({
  name: z.string(),
  timeZone: z.string(),
  postalAddress: emptyAsNull,
  brandColor: emptyAsNull,
  logoUrl: emptyAsNull,
  defaultCountry: z.string().transform((country) => (country === NO_COUNTRY ? null : country)),
  trackOpens: ticked,
  trackClicks: ticked,
  approvalAboveRecipients: wholeOrNull,
  bounceLimit: wholeOrNull,
  frameAncestors: lines,
  sendHours: hours,
  requireSecondFactor: ticked.transform((isTicked) => isTicked || null),
});

async function save(ctx: Ctx, input: z.output<typeof workspaceFormSchema>) {
  const { name, timeZone, ...settings } = input;
  const result = await updateWorkspace(ctx, { name, timeZone, settings });
  revalidatePath('/', 'layout');
  return result;
}

export const saveWorkspace = formAction(workspaceFormSchema, save, ({ changed }) =>
  changed.length === 0 ? 'Nothing to save: everything is as it was.' : 'Saved.',
);
