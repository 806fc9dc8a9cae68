import { z } from 'zod';
import type { DeliveryState } from '@/lib/domain/delivery';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import { type HistoryLine, RESEND_REASONS, type ResendReason } from '@/lib/domain/service-history';
import type { OpenedBy } from '@/lib/features/service/who-opened';
import { deliveryIdToPublic } from '@/lib/ids';

/** An interaction with the delivery it belongs to, if any. */
export interface HistoryRow {
  id: string;
  at: Date;
  type: string;
  data: Record<string, unknown> | null;
  deliveryId: string | null;
  campaign: string | null;
  step: string | null;
  state: DeliveryState | null;
  errorClass: ErrorClass | null;
  errorCode: string | null;
  errorText: string | null;
  skipReason: string | null;
  settledAt: Date | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  bouncedAt: Date | null;
  bounceType: 'hard' | 'soft' | null;
  complainedAt: Date | null;
  resendOf: string | null;
  resolution: string | null;
}

const dataSchema = z.object({
  via: z.string().nullish().catch(null),
  by: z.string().nullish().catch(null),
  text: z.string().nullish().catch(null),
  note: z.string().nullish().catch(null),
  reason: z.string().nullish().catch(null),
  source: z.string().nullish().catch(null),
  evidence: z.looseObject({ note: z.string().nullish() }).nullish().catch(null),
});

const iso = (at: Date | null) => at?.toISOString() ?? null;

function messageOf(row: HistoryRow, channel: 'email' | 'sms', hits: OpenedBy | undefined): HistoryLine | null {
  if (row.deliveryId === null || row.state === null) return null;
  return {
    kind: 'message',
    id: row.id,
    at: row.at.toISOString(),
    channel,
    deliveryId: deliveryIdToPublic(row.deliveryId),
    campaign: row.campaign ?? 'a campaign',
    step: row.step ?? '',
    state: row.state,
    error:
      row.errorCode === null && row.errorText === null
        ? null
        : { class: row.errorClass, code: row.errorCode, text: row.errorText },
    skipReason: row.skipReason,
    deliveredAt: iso(row.deliveredAt),
    openedAt: iso(row.openedAt),
    clickedAt: iso(row.clickedAt),
    bouncedAt: iso(row.bouncedAt),
    bounceType: row.bounceType,
    complainedAt: iso(row.complainedAt),
    openedBy: hits?.openedBy ?? null,
    clickedBy: hits?.clickedBy ?? null,
    resendOf: row.resendOf === null ? null : deliveryIdToPublic(row.resendOf),
    resolution: row.resolution,
  };
}

function resendReason(reason: string | null | undefined): string {
  return RESEND_REASONS[(reason ?? 'other') as ResendReason] ?? RESEND_REASONS.other;
}

const MESSAGE = /^(email|sms)\.(accepted|failed|skipped|in_doubt|expired|cancelled)$/;

/** A row of the ledger as a line of the answer; null for a message that belongs to no delivery any more. */
export function lineOf(row: HistoryRow, hits: OpenedBy | undefined): HistoryLine | null {
  const message = MESSAGE.exec(row.type)?.[1];
  if (message === 'email' || message === 'sms') return messageOf(row, message, hits);
  const data = dataSchema.parse(row.data ?? {});
  const base = { id: row.id, at: row.at.toISOString() };
  const by = data.by ?? 'Somebody';
  if (row.type === 'note') return { kind: 'note', ...base, by, text: data.text ?? 'Erased on request.' };
  if (row.type.endsWith('.resent')) {
    const channel = row.type.startsWith('sms') ? 'sms' : 'email';
    const reason = resendReason(data.reason);
    return {
      kind: 'act',
      ...base,
      by,
      channel,
      campaign: row.campaign ?? 'a campaign',
      reason,
      note: data.note ?? null,
    };
  }
  const { via, source, evidence, note } = data;
  return {
    kind: 'wish',
    ...base,
    type: row.type,
    via: via ?? source ?? null,
    campaign: row.campaign,
    note: note ?? evidence?.note ?? null,
  };
}
