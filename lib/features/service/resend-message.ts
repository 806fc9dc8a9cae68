import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { zonesFor } from '@/lib/domain/phone-zones';
import type { RunStatus } from '@/lib/domain/run';
import { hoursOf, hoursWords, nextOpening } from '@/lib/domain/send-hours';
import { RESEND_REASONS, type ResendReason } from '@/lib/domain/service-history';
import { AppError } from '@/lib/errors';
import { findLivingContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';
import { findMessage, type MessageRow, messageStepOf } from '@/lib/features/service/rebuild-message';
import { deliveryIdToPublic } from '@/lib/ids';

const reasons = Object.keys(RESEND_REASONS) as [ResendReason, ...ResendReason[]];

export const resendMessageSchema = z.object({
  deliveryId: z.string().max(20),
  reason: z.enum(reasons, 'Say why it is sent again.'),
  note: z.string().trim().max(500).default(''),
});

const STATUS_REFUSES: Partial<Record<RunStatus, string>> = {
  paused: 'Its run is paused: it can be sent again once somebody has resumed it.',
  cancelled: 'Its run was cancelled, so nothing of it is sent any more.',
};

function assertResendable(row: MessageRow, status: RunStatus): void {
  if (row.state === 'in_doubt' || row.state === 'superseded') {
    throw new AppError(
      'precondition',
      'It is not known whether this message was sent; somebody who controls runs decides that first. Nothing was sent.',
    );
  }
  if (row.state !== 'accepted' && row.state !== 'failed') {
    throw new AppError('precondition', 'This message was never sent, so it cannot be sent again. Nothing was sent.');
  }
  if (status !== 'sending' && status !== 'completed') {
    throw new AppError('precondition', `${STATUS_REFUSES[status] ?? 'Its run cannot send now.'} Nothing was sent.`);
  }
}

async function assertNotOnItsWay({ sql }: Tx, workspaceId: string, row: MessageRow): Promise<void> {
  const waiting = await sql`
    select 1 from deliveries where workspace_id = ${workspaceId} and run_id = ${row.runId} and contact_id = ${row.contactId}
      and resend_of is not null and step = ${row.step} and state = 'queued' limit 1`;
  if (waiting.length > 0)
    throw new AppError('conflict', 'This message is on its way again already. Nothing was added.');
}

export interface Resent {
  deliveryId: string;
  runId: string;
  /** Now is outside of the hours in which the customer may be written to: when it goes, and what they are. */
  waits: { until: Date; hours: string } | null;
}

function waitsOf(run: QueuingRun, kind: 'email' | 'sms', row: MessageRow): Resent['waits'] {
  const hours = hoursOf(kind, run.frozen.policy.hours, undefined);
  if (!hours) return null;
  const zones = zonesFor(hours, { timeZone: row.snapshot?.time_zone, phone: row.phone }, run.timeZone);
  const nowMs = databaseNow().getTime();
  const atMs = nextOpening(hours, zones, nowMs);
  return atMs > nowMs ? { until: new Date(atMs), hours: hoursWords(hours) } : null;
}

/**
 * Sends one message again, to the address and with the values it was made from: a new delivery that names the old one,
 * beside the run's counts. The edge then wakes the run. Outside of its hours it waits, and the answer says until when. Throws `precondition` for what was never sent, for a run that
 * may not send, and for somebody who does not want the channel; `conflict` while one is on its way.
 */
export async function resendMessage(ctx: Ctx, input: z.input<typeof resendMessageSchema>): Promise<Resent> {
  authorise(ctx, 'service.act');
  const { deliveryId, reason, note } = parseInput(resendMessageSchema, input);
  const { workspaceId } = ctx;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const known = await findMessage(tx, workspaceId, deliveryId);
    const [locked] = await sql<{ status: RunStatus }[]>`
      select status from runs where workspace_id = ${workspaceId} and id = ${known.runId} for update`;
    const [now] = await sql<Pick<MessageRow, 'state'>[]>`
      select state from deliveries where workspace_id = ${workspaceId} and id = ${known.id} for update`;
    const row = { ...known, ...now };
    const run = await loadRunIn(tx, workspaceId, row.runId);
    const step = messageStepOf(run, row.step);
    const contact = await findLivingContact(tx, workspaceId, row.contactId);
    assertResendable(row, locked?.status ?? 'failed');
    const optedOut = step.kind === 'email' ? contact.emailOptedOutAt : contact.smsOptedOutAt;
    if (optedOut || contact.doNotMarket) {
      throw new AppError('precondition', 'This customer does not want messages by this channel. Nothing was sent.');
    }
    await assertNotOnItsWay(tx, workspaceId, row);
    const [made] = await sql<{ id: string }[]>`
      with batch as (
        insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
        values (${workspaceId}, ${row.runId}, ${row.step}, ${RESENT_WAVE}, 'ready', ${row.providerAccountId}, 1) returning id
      )
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, resend_of, repeat)
      select ${workspaceId}, ${row.runId}, ${row.step}, ${row.contactId}, id, ${row.id}, (
        select max(repeat) + 1 from deliveries where workspace_id = ${workspaceId} and contact_id = ${row.contactId}
          and run_id = ${row.runId} and step = ${row.step}) from batch returning id`;
    if (!made) throw new Error('The new delivery was not made');
    await sql`
      update runs set status = 'sending', last_progress_at = now()
      where workspace_id = ${workspaceId} and id = ${row.runId} and status = 'completed'`;
    const data = JSON.stringify({ by: actorLabel(ctx).name, reason, ...(note && { note }) });
    await sql`
      insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
      values (${workspaceId}, ${row.contactId}, ${`${step.kind}.resent`}, ${row.step}, ${made.id}, ${row.runId},
              ${data}::text::jsonb)`;
    const again = deliveryIdToPublic(made.id);
    await recordAudit(tx, ctx, {
      action: 'service.message_resent',
      subjectType: 'contact',
      subjectId: row.contactId,
      data: { delivery: deliveryId, again, runId: row.runId, reason },
    });
    return { deliveryId: again, runId: row.runId, waits: waitsOf(run, step.kind, row) };
  });
}
