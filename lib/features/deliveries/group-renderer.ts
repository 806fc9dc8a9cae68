import { MimeBuffer } from '@/emails/mime/mime-buffer';
import type { ChannelCapabilities, OutboundMessage } from '@/lib/channels/channel';
import { ContentError } from '@/lib/domain/content-error';
import { describeError } from '@/lib/errors';
import type { FrozenMessageStep } from '@/lib/features/campaigns/frozen-version';
import type { ClaimedBatch, ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';
import { type MessageRenderer, messageRenderer } from '@/lib/features/deliveries/message-renderer';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import type { QueuingRun } from '@/lib/features/runs/load-run';

export interface Ready {
  delivery: ClaimedDelivery;
  address: string;
  message: OutboundMessage;
  /** Holds the message's bytes until it is released. */
  buffer: MimeBuffer;
}

/**
 * Buffers of messages that have left, for the next ones of this process: never more than were in flight at once. Those
 * thrown away instead would wait for a collection that comes only after many megabytes of them.
 */
const spare: MimeBuffer[] = [];
const MOST_SPARE = 1024;
const LARGEST_SPARE_BYTES = 256 * 1024;

/** Renders the deliveries of one claimed batch. Data that breaks the content is that delivery's failure and nobody else's. */
export class GroupRenderer {
  private readonly renderOne: MessageRenderer;

  constructor(
    run: QueuingRun,
    private readonly step: FrozenMessageStep,
    private readonly batch: ClaimedBatch,
    format: ChannelCapabilities['format'],
  ) {
    this.renderOne = messageRenderer(run, step, format);
  }

  render(deliveries: ClaimedDelivery[]): { ready: Ready[]; broken: Outcome[] } {
    const ready: Ready[] = [];
    const broken: Outcome[] = [];
    for (const delivery of deliveries) {
      const one = this.make(delivery);
      if ('message' in one) ready.push(one);
      else broken.push(one);
    }
    return { ready, broken };
  }

  /** Only once every message of the group has its result: what is released will be written over. */
  release(ready: Ready[]): void {
    for (const { buffer } of ready) {
      if (spare.length < MOST_SPARE && buffer.length <= LARGEST_SPARE_BYTES) spare.push(buffer);
    }
  }

  private make(delivery: ClaimedDelivery): Ready | Outcome {
    const address = this.step.kind === 'email' ? delivery.email : delivery.phone;
    const who = { deliveryId: delivery.id, contactId: delivery.contactId };
    if (!address) return { ...who, state: 'skipped', reason: 'no_address' };
    const buffer = spare.pop() ?? new MimeBuffer();
    try {
      const message = this.renderOne(
        { deliveryId: delivery.id, email: delivery.email, phone: delivery.phone, snapshot: delivery.snapshot },
        this.batch.datedAt,
        buffer,
      );
      return { delivery, address, message, buffer };
    } catch (error) {
      const errorClass = error instanceof ContentError ? 'content' : 'internal';
      const facts = { intentId: null, intentAt: this.batch.datedAt, code: 'render_failed', text: describeError(error) };
      return { ...who, ...facts, state: 'failed', errorClass, attempted: false };
    }
  }
}
