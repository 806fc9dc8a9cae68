import type { Tx } from '@/lib/db/client';
import { readToken } from '@/lib/features/secrets/tokens';

/** Who a personal link was sent to, and what the page that it opens shows of the sender. */
export interface Recipient {
  deliveryId: string;
  workspaceId: string;
  workspaceName: string;
  logoUrl: string | null;
  brandColor: string | null;
  confirmUnsubscribe: boolean;
  runId: string;
  campaignName: string;
  baseUrl: string;
  step: number;
  channel: 'email' | 'sms';
  contactId: string;
  /** The address the message went to. */
  address: string | null;
  isOptedOut: boolean;
}

/** The recipient behind an unsubscribe token, or null when the token is not ours or its delivery is gone. */
export async function findRecipient({ sql }: Tx, token: string): Promise<Recipient | null> {
  const deliveryId = readToken('unsubscribe', token);
  if (!deliveryId) return null;
  const [row] = await sql<Recipient[]>`
    with found as (
      select d.id, d.workspace_id, d.run_id, d.step, d.contact_id, r.base_url, g.name as campaign_name,
             case v.outline -> d.step::int ->> 'kind' when 'sms' then 'sms' else 'email' end as channel
      from deliveries d join runs r on r.id = d.run_id join campaign_versions v on v.id = r.version_id
      join campaigns g on g.id = r.campaign_id where d.id = ${deliveryId}
    )
    select f.id as "deliveryId", f.workspace_id as "workspaceId", w.name as "workspaceName",
           w.settings ->> 'logoUrl' as "logoUrl", w.settings ->> 'brandColor' as "brandColor",
           coalesce((w.settings ->> 'confirmUnsubscribe')::boolean, false) as "confirmUnsubscribe",
           f.run_id as "runId", f.campaign_name as "campaignName", f.base_url as "baseUrl", f.step, f.channel,
           f.contact_id as "contactId", case f.channel when 'sms' then m.phone else m.email end as address,
           case f.channel when 'sms' then c.sms_opted_out_at else c.email_opted_out_at end is not null as "isOptedOut"
    from found f join workspaces w on w.id = f.workspace_id
    join contacts c on c.workspace_id = f.workspace_id and c.id = f.contact_id
    left join run_members m on m.workspace_id = f.workspace_id and m.run_id = f.run_id and m.contact_id = f.contact_id`;
  return row ?? null;
}

/** `m…i@example.com`, `+65 … 567`: enough to recognise one's own address, useless to anybody else. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) return `${address.slice(0, 3)} … ${address.slice(-3)}`;
  const local = address.slice(0, at);
  return `${local.slice(0, 1)}…${local.length > 2 ? local.slice(-1) : ''}${address.slice(at)}`;
}
