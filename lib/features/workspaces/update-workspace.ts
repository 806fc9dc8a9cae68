import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { WorkspaceSettings } from '@/lib/db/schema/auth';
import { parseInput } from '@/lib/domain/parse-input';
import { workspaceHoursSchema } from '@/lib/domain/send-hours';
import { AppError } from '@/lib/errors';
import { canonicalJson } from '@/lib/features/history/canonical-json';
import { recordAudit } from '@/lib/features/history/record-audit';
import { judgeHoursAnew } from '@/lib/features/workspaces/judge-hours-anew';
import { workspaceNameSchema } from '@/lib/features/workspaces/person-name';
import { timeZoneSchema } from '@/lib/features/workspaces/time-zone';

const originSchema = z
  .string()
  .refine((text) => URL.canParse(text) && new URL(text).origin === text && text.startsWith('https://'), {
    message: 'Enter an origin such as https://crm.example.com.',
  });

/** A setting that is left out stays; null takes it away. */
const settingsSchema = z.strictObject({
  postalAddress: z.string().trim().min(5, 'Enter a full postal address.').max(500).nullish(),
  logoUrl: z
    .url({ protocol: /^https$/, message: 'Enter an https address of an image.' })
    .max(500)
    .nullish(),
  brandColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'Enter a colour such as #14877d.')
    .nullish(),
  trackOpens: z.boolean().nullish(),
  trackClicks: z.boolean().nullish(),
  approvalAboveRecipients: z.int().min(1).max(1_000_000_000).nullish(),
  frameAncestors: z.array(originSchema).max(10).nullish(),
  defaultCountry: z
    .string()
    .regex(/^[A-Z]{2}$/, 'Choose a country.')
    .nullish(),
  bounceLimit: z.int().min(1).max(100).nullish(),
  smsPrice: z.strictObject({ amount: z.number().min(0).max(100), currency: z.string().regex(/^[A-Z]{3}$/) }).nullish(),
  sendHours: workspaceHoursSchema.nullish(),
  sandbox: z.boolean().nullish(),
  requireSecondFactor: z.boolean().nullish(),
}) satisfies z.ZodType<{ [K in keyof WorkspaceSettings]?: WorkspaceSettings[K] | null }>;

export const updateWorkspaceSchema = z.strictObject({
  name: workspaceNameSchema.optional(),
  timeZone: timeZoneSchema.optional(),
  settings: settingsSchema.optional(),
});

interface Stored {
  name: string;
  timeZone: string;
  settings: Record<string, unknown>;
}

async function lockWorkspace(tx: Tx, ctx: Ctx): Promise<Stored> {
  const [stored] = await tx.sql<Stored[]>`
    select name, time_zone as "timeZone", settings from workspaces where id = ${ctx.workspaceId} for update`;
  if (!stored) throw new AppError('not_found', 'This workspace does not exist, or no longer.');
  return stored;
}

/** Who has no second factor would lock themselves out with the very setting. */
async function assertOwnSecondFactor(tx: Tx, { actor }: Ctx): Promise<void> {
  if (actor.type !== 'user') return;
  const [own] = await tx.sql`select 1 from users where id = ${actor.userId} and second_factor_at is not null`;
  if (own) return;
  const message = 'Set up your own first, under Settings, Profile.';
  throw new AppError('precondition', `Nothing was saved. ${message}`, {
    issues: [{ path: 'settings.requireSecondFactor', message }],
  });
}

/** What differs, as `{ field: { from, to } }`. */
function differences(before: Record<string, unknown>, after: Record<string, unknown>) {
  const changed = Object.keys({ ...before, ...after }).filter(
    (key) => canonicalJson(before[key]) !== canonicalJson(after[key]),
  );
  return Object.fromEntries(changed.map((key) => [key, { from: before[key] ?? null, to: after[key] ?? null }]));
}

/**
 * Changes name, time zone and settings of the workspace; only what is given, so that two people changing different
 * settings do not undo each other. Who asks members for a second factor must have one: `precondition`. Audited with old and new values. Needs `workspace.manage`.
 */
export async function updateWorkspace(
  ctx: Ctx,
  input: z.input<typeof updateWorkspaceSchema>,
): Promise<{ changed: string[] }> {
  authorise(ctx, 'workspace.manage');
  const { name, timeZone, settings = {} } = parseInput(updateWorkspaceSchema, input);
  return await withTx(ctx, async (tx) => {
    const stored = await lockWorkspace(tx, ctx);
    const merged = Object.entries({ ...stored.settings, ...settings });
    const next = Object.fromEntries(merged.filter(([, value]) => value !== null && value !== undefined));
    const { settings: before, ...plain } = stored;
    const after = { name: name ?? stored.name, timeZone: timeZone ?? stored.timeZone };
    const changes = differences({ ...plain, ...before }, { ...after, ...next });
    if (Object.keys(changes).length === 0) return { changed: [] };
    if (changes.requireSecondFactor?.to === true) await assertOwnSecondFactor(tx, ctx);
    await tx.sql`
      update workspaces set name = ${after.name}, time_zone = ${after.timeZone},
             settings = ${JSON.stringify(next)}::text::jsonb
      where id = ${ctx.workspaceId}`;
    if (changes.timeZone) await judgeHoursAnew(tx, ctx.workspaceId);
    const subject = { subjectType: 'workspace', subjectId: ctx.workspaceId };
    await recordAudit(tx, ctx, { action: 'workspace.updated', ...subject, data: changes });
    return { changed: Object.keys(changes) };
  });
}
