import { z } from 'zod';
import type { OutcomeType } from '@/lib/domain/outcome';
import type { IncomingOutcome } from '@/lib/features/outcomes/record-outcome';
import { deliveryIdFromPublic } from '@/lib/ids';

const TYPES: Record<string, OutcomeType> = {
  'email.sent': 'accepted',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'delayed',
  'email.complained': 'complained',
  'email.opened': 'opened',
  'email.clicked': 'clicked',
  'email.failed': 'rejected_soft',
  'email.suppressed': 'rejected_hard',
};

const detailSchema = z.object({
  type: z.string().optional(),
  subType: z.string().optional(),
  message: z.string().optional(),
  reason: z.string().optional(),
});

const eventSchema = z.object({
  type: z.string(),
  created_at: z.string().optional(),
  data: z
    .object({
      email_id: z.string().optional(),
      to: z.union([z.string(), z.array(z.string())]).optional(),
      tags: z
        .union([z.record(z.string(), z.string()), z.array(z.object({ name: z.string(), value: z.string() }))])
        .optional(),
      bounce: detailSchema.optional(),
      failed: detailSchema.optional(),
      suppressed: detailSchema.optional(),
    })
    .default({}),
});
type ResendEvent = z.output<typeof eventSchema>;

type Read = Omit<IncomingOutcome, 'workspaceId' | 'providerAccountId' | 'providerEventId'>;

function typeOf({ type, data }: ResendEvent): OutcomeType {
  if (type === 'email.bounced') return data.bounce?.type === 'Permanent' ? 'bounced_hard' : 'bounced_soft';
  return TYPES[type] ?? 'other';
}

function deliveryIdOf(tags: ResendEvent['data']['tags']): string | undefined {
  const value = Array.isArray(tags)
    ? tags.find((tag) => tag.name === 'waybill_delivery')?.value
    : tags?.waybill_delivery;
  if (value === undefined) return undefined;
  return /^\d{1,19}$/.test(value) ? value : (deliveryIdFromPublic(value) ?? undefined);
}

/** What an event of Resend means; null when it is no event at all. Kinds unknown to us are kept as `other`. */
export function readResendEvent(payload: unknown): Read | null {
  const parsed = eventSchema.safeParse(payload);
  if (!parsed.success) return null;
  const { data, created_at } = parsed.data;
  const detail = data.bounce ?? data.failed ?? data.suppressed;
  const at = created_at ? new Date(created_at) : null;
  const recipients = typeof data.to === 'string' ? [data.to] : (data.to ?? []);
  const [address] = recipients;
  const deliveryId = deliveryIdOf(data.tags);
  const code = [detail?.type, detail?.subType].filter(Boolean).join('.');
  const text = detail?.message ?? detail?.reason;
  return {
    type: typeOf(parsed.data),
    providerAt: at && !Number.isNaN(at.getTime()) ? at : null,
    match: {
      ...(deliveryId === undefined ? {} : { deliveryId }),
      ...(data.email_id === undefined ? {} : { providerMessageId: data.email_id }),
      // an event about several recipients does not say which one it means
      ...(address !== undefined && recipients.length === 1 ? { address: bareAddress(address) } : {}),
    },
    ...(code === '' ? {} : { code }),
    ...(text === undefined ? {} : { text: text.slice(0, 2000) }),
    payload,
  };
}

/** `Mei <mei@example.com>` → `mei@example.com`. */
function bareAddress(text: string): string {
  return (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase();
}
