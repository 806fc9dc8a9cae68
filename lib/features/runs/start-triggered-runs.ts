import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { gateChannelOf } from '@/lib/domain/campaign';
import { parseInput } from '@/lib/domain/parse-input';
import { LOCAL_KINDS } from '@/lib/domain/provider';
import { publicUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { type AudienceQuery, audienceJoins, includedWhere } from '@/lib/features/audience/member-query';
import type { FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { contactReferenceSchema, findOneReferenced } from '@/lib/features/contacts/lookup-contacts';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

export const eventSchema = z.object({
  /** The name campaigns listen to. */
  event: z.string().trim().min(1).max(120),
  /** The event's own id: the same again starts nothing. */
  eventId: z.string().trim().min(1).max(160),
  contact: contactReferenceSchema,
  /** Says what would start and starts nothing. */
  dryRun: z.boolean().default(false),
});

export interface TriggeredRuns {
  contactId: string;
  started: { campaignId: string; runId: string | null; already: boolean }[];
  /** Campaigns that listen to the event and whose audience does not have the contact. */
  skipped: { campaignId: string; reason: 'not_in_audience' }[];
}

interface Listening {
  campaignId: string;
  versionId: string;
  name: string;
  frozen: FrozenVersion;
  timeZone: string;
}

async function listeningTo({ sql }: Tx, workspaceId: string, event: string): Promise<Listening[]> {
  return await sql<Listening[]>`
    select c.id as "campaignId", c.name, v.id as "versionId", v.frozen, w.time_zone as "timeZone"
    from campaigns c join workspaces w on w.id = c.workspace_id cross join lateral (
      select id, frozen from campaign_versions v where v.workspace_id = c.workspace_id and v.campaign_id = c.id
      order by number desc limit 1) v
    where c.workspace_id = ${workspaceId} and c.status = 'active' and v.frozen #>> '{trigger,event}' = ${event}
    order by c.id`;
}

async function isInAudience(
  { sql }: Tx,
  ctx: Ctx,
  { frozen, campaignId, timeZone }: Listening,
  contactId: string,
): Promise<boolean> {
  const query: AudienceQuery = {
    workspaceId: ctx.workspaceId,
    audience: frozen.audience,
    segmentRules: frozen.segmentRules,
    gateChannel: gateChannelOf(frozen.flow, 0),
    campaignId,
    bounceLimit: 0,
    now: databaseNow(),
    timeZone,
  };
  const found = await sql`
    select 1 from contacts c ${audienceJoins(sql, query)}
    where c.workspace_id = ${ctx.workspaceId} and c.id = ${contactId} and ${includedWhere(sql, query)}`;
  return found.length > 0;
}

async function startOne(tx: Tx, ctx: Ctx, one: Listening, contactId: string, eventId: string) {
  const { sql } = tx;
  const runId = newId('run');
  const audience = JSON.stringify({ ...one.frozen.audience, onlyContactIds: [contactId] });
  const occurrence = `event:${eventId}`;
  const made = await sql`
    insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, started_at, base_url,
                      max_per_second, launched_by, audience)
    values (${runId}, ${ctx.workspaceId}, ${one.campaignId}, ${one.versionId}, ${occurrence}, ${one.name}, 'queuing', now(),
            ${publicUrl()}, ${one.frozen.policy.maxPerSecond ?? null}, ${JSON.stringify(actorLabel(ctx))}::jsonb,
            ${audience}::jsonb)
    on conflict (workspace_id, campaign_id, occurrence_key) do nothing`;
  if (made.count === 0) {
    const [known] = await sql<{ id: string }[]>`
      select id from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${one.campaignId}
        and occurrence_key = ${occurrence}`;
    return { campaignId: one.campaignId, runId: known?.id ?? null, already: true };
  }
  await recordAudit(tx, ctx, {
    action: 'run.launched',
    subjectType: 'run',
    subjectId: runId,
    data: { campaignId: one.campaignId, versionId: one.versionId, occurrence, contactId },
  });
  return { campaignId: one.campaignId, runId, already: false };
}

/**
 * Starts every active campaign that listens to an event for the one contact it is about: one run per campaign and event
 * id, however often the event comes. Exclusions apply as in any run. The edge then sends `run/launched` for each. Throws
 * `not_found` for nobody and `conflict` when the reference names several people.
 */
export async function startTriggeredRuns(ctx: Ctx, input: z.input<typeof eventSchema>): Promise<TriggeredRuns> {
  authorise(ctx, 'campaigns.launch');
  const { event, eventId, contact: reference, dryRun } = parseInput(eventSchema, input);
  return withTx(ctx, async (tx) => {
    const contact = await findOneReferenced(tx, ctx.workspaceId, reference);
    const result: TriggeredRuns = { contactId: contact.id, started: [], skipped: [] };
    for (const one of await listeningTo(tx, ctx.workspaceId, event)) {
      if (!(await isInAudience(tx, ctx, one, contact.id))) {
        result.skipped.push({ campaignId: one.campaignId, reason: 'not_in_audience' });
      } else if (dryRun) {
        result.started.push({ campaignId: one.campaignId, runId: null, already: false });
      } else {
        await refuseRealSend(tx, ctx, one);
        result.started.push(await startOne(tx, ctx, one, contact.id, eventId));
      }
    }
    return result;
  });
}

/** A test key sends through sandbox providers and the local inbox only. */
async function refuseRealSend({ sql }: Tx, ctx: Ctx, { name, frozen }: Listening): Promise<void> {
  if (ctx.actor.type !== 'api_key' || ctx.actor.live) return;
  const accounts = frozen.flow.flatMap((step) =>
    step.kind === 'email' || step.kind === 'sms' ? [step.sender.providerAccountId] : [],
  );
  const [real] = await sql`
    select 1 from provider_accounts where workspace_id = ${ctx.workspaceId} and id = any(${accounts}::text[]) and not sandbox
      and kind <> all(${LOCAL_KINDS}::text[])`;
  if (real)
    throw new AppError('forbidden', `“${name}” sends through a real provider; a test key may not. Nothing was sent.`);
}
