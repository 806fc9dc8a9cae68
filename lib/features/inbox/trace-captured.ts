import { type Ctx, may } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { deliveryOfMessageId } from '@/lib/features/tracking/links';

/** What a captured message is in the ledger. */
export interface TracedDelivery {
  deliveryId: string;
  runId: string;
  contactId: string;
}

interface Traceable {
  channel: 'email' | 'sms';
  to: string;
  messageId: string;
}

type Row = TracedDelivery & { messageId: string };

/**
 * The deliveries of this workspace that captured messages belong to, by Message-ID or the gateway's id. An email names
 * its delivery by a signed token; a text message is reached through its recipient.
 */
export async function traceCaptured(ctx: Ctx, messages: readonly Traceable[]): Promise<Map<string, TracedDelivery>> {
  const mails = messages.flatMap(({ channel, messageId }) => {
    const deliveryId = channel === 'email' ? deliveryOfMessageId(messageId) : null;
    return deliveryId ? [{ messageId, deliveryId }] : [];
  });
  const texts = messages.filter(({ channel }) => channel === 'sms');
  if (!may(ctx, 'runs.read') || (mails.length === 0 && texts.length === 0)) return new Map();
  const rows = await withTx(ctx, async ({ sql }) => {
    return await sql<Row[]>`
      select m.message_id as "messageId", d.id as "deliveryId", d.run_id as "runId", d.contact_id as "contactId"
      from unnest(${mails.map((mail) => mail.messageId)}::text[], ${mails.map((mail) => mail.deliveryId)}::bigint[])
             as m(message_id, delivery_id)
      join deliveries d on d.id = m.delivery_id and d.workspace_id = ${ctx.workspaceId}
      union all
      select distinct on (t.message_id) t.message_id, d.id, d.run_id, d.contact_id
      from unnest(${texts.map((text) => text.messageId)}::text[], ${texts.map((text) => text.to)}::text[])
             as t(message_id, phone)
      join contacts c on c.workspace_id = ${ctx.workspaceId} and c.phone = t.phone
      join deliveries d on d.workspace_id = c.workspace_id and d.contact_id = c.id and d.provider_message_id = t.message_id`;
  });
  return new Map(rows.map(({ messageId, ...delivery }) => [messageId, delivery]));
}
