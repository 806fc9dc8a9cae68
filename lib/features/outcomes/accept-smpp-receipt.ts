import type { SmppReceipt, SmppReceiptStatus } from '@/lib/channels/sms/smpp/parse-receipt';
import { pool } from '@/lib/db/client';
import type { OutcomeType } from '@/lib/domain/outcome';
import { recordOutcome } from '@/lib/features/outcomes/record-outcome';

const TYPES: Record<SmppReceiptStatus, OutcomeType> = {
  enroute: 'accepted',
  accepted: 'accepted',
  delivered: 'delivered',
  // the network says that it did not arrive, not that the number is dead
  undelivered: 'bounced_soft',
  expired: 'bounced_soft',
  deleted: 'bounced_soft',
  rejected: 'rejected_soft',
  unknown: 'other',
};

/**
 * The message in doubt that a receipt speaks of, when its submission was never answered and we know no message id of it:
 * the one to that number whose reference it carries. Null unless there is exactly one.
 */
async function doubtOf(workspaceId: string, accountId: string, receipt: SmppReceipt): Promise<string | null> {
  const { userMessageReference, address } = receipt;
  if (userMessageReference === null || address === null) return null;
  const rows = await pool()<{ id: string }[]>`
    select d.id from delivery_issues i join deliveries d on d.id = i.delivery_id join batches b on b.id = d.batch_id
    join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
    where i.workspace_id = ${workspaceId} and i.state = 'in_doubt' and d.state = 'in_doubt' and b.provider_account_id = ${accountId}
      and d.id & 65535 = ${userMessageReference} and m.phone = ${address} limit 2`;
  return rows.length === 1 ? (rows[0]?.id ?? null) : null;
}

/** Stores a delivery receipt that came over an SMPP connection; repeats are absorbed. Rejects when the database is down. */
export async function acceptSmppReceipt(workspaceId: string, accountId: string, receipt: SmppReceipt): Promise<void> {
  const { providerMessageId, status, address, userMessageReference, errorCode, text } = receipt;
  const deliveryId = await doubtOf(workspaceId, accountId, receipt);
  const name = providerMessageId ?? `${address ?? ''}/${userMessageReference ?? text.slice(0, 80)}`;
  await recordOutcome({
    workspaceId,
    providerAccountId: accountId,
    providerEventId: `${name}:${status}`,
    type: TYPES[status],
    providerAt: null,
    match: {
      ...(deliveryId === null ? {} : { deliveryId }),
      ...(providerMessageId === null ? {} : { providerMessageId }),
      ...(address === null ? {} : { address }),
    },
    ...(errorCode === null ? {} : { code: errorCode }),
    text: text.slice(0, 500),
    payload: receipt,
  });
}
