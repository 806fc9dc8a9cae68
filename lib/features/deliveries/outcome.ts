import type { SkipReason } from '@/lib/domain/delivery';
import type { ErrorClass } from '@/lib/domain/delivery-error';

interface AttemptFacts {
  deliveryId: string;
  contactId: string;
  intentId: string | null;
  intentAt: Date;
  code: string;
  text: string;
}

/** What one pass over a delivery came to; every claimed delivery ends as one of these or stays queued. */
export type Outcome =
  | (AttemptFacts & { state: 'accepted'; providerMessageId: string | null })
  | (AttemptFacts & { state: 'failed'; errorClass: ErrorClass; attempted: boolean })
  | (AttemptFacts & { state: 'in_doubt' })
  | (AttemptFacts & { state: 'retry'; errorClass: ErrorClass; notBefore: Date; free: boolean })
  | { state: 'skipped'; deliveryId: string; contactId: string; reason: SkipReason }
  | { state: 'expired'; deliveryId: string; contactId: string };

export type SettledState = Exclude<Outcome['state'], 'retry'>;
