import { csvLine } from '@/lib/domain/csv';
import type { DeliveryState } from '@/lib/domain/delivery';
import { explainCause } from '@/lib/domain/error-words';
import { deliveryIdToPublic } from '@/lib/ids';

export const HEADER = [
  'delivery_id',
  'contact_id',
  'external_id',
  'name',
  'email',
  'phone',
  'step',
  'step_name',
  'state',
  'why',
  'error_class',
  'error_code',
  'error_text',
  'skip_reason',
  'attempts',
  'first_intent_at',
  'settled_at',
  'provider_message_id',
  'resend_of',
  'resolution',
  'delivered_at',
  'bounced_at',
  'bounce_type',
  'complained_at',
  'opened_at',
  'clicked_at',
  'unsubscribed_at',
];

export interface CsvRow {
  id: string;
  contactId: string;
  step: number;
  state: DeliveryState;
  externalId: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  errorClass: string | null;
  errorCode: string | null;
  errorText: string | null;
  skipReason: string | null;
  attempts: number;
  firstIntentAt: Date | null;
  settledAt: Date | null;
  providerMessageId: string | null;
  resendOf: string | null;
  resolution: string | null;
  deliveredAt: Date | null;
  bouncedAt: Date | null;
  bounceType: string | null;
  complainedAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  unsubscribedAt: Date | null;
}

function why(row: CsvRow): string {
  if (row.state === 'failed') return explainCause('failed', `${row.errorClass ?? ''}:${row.errorCode ?? ''}`).what;
  if (row.state === 'skipped') return explainCause('skipped', row.skipReason ?? '').what;
  if (row.state === 'in_doubt') return explainCause('in_doubt', row.errorCode ?? '').what;
  return row.state === 'expired' ? explainCause('expired', '').what : '';
}

/** One delivery as a line, with what went wrong in plain words beside what was answered. */
export function lineOf(row: CsvRow, stepName: string): string {
  return csvLine([
    deliveryIdToPublic(row.id),
    row.contactId,
    row.externalId,
    row.name,
    row.email,
    row.phone,
    row.step + 1,
    stepName,
    row.state === 'superseded' ? 'sent again' : row.state,
    why(row),
    row.errorClass,
    row.errorCode,
    row.errorText,
    row.skipReason,
    row.attempts,
    row.firstIntentAt,
    row.settledAt,
    row.providerMessageId,
    row.resendOf && deliveryIdToPublic(row.resendOf),
    row.resolution,
    row.deliveredAt,
    row.bouncedAt,
    row.bounceType,
    row.complainedAt,
    row.openedAt,
    row.clickedAt,
    row.unsubscribedAt,
  ]);
}
