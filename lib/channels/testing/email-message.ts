import type { EmailMessage, SendGroup } from '@/lib/channels/channel';

type Overrides = Partial<Omit<EmailMessage, 'mime'>> & { mime?: string };

/** A small message ready for the wire. */
export function emailMessage(n: number, { mime = textOf(n), ...overrides }: Overrides = {}): EmailMessage {
  return {
    deliveryId: String(n),
    envelopeFrom: `b+${n}@bounce.sender.example`,
    to: `person${n}@recipient.example`,
    mime: Buffer.from(mime),
    ...overrides,
  };
}

export function emailGroup(count: number, overrides: Overrides = {}): SendGroup<EmailMessage> {
  return {
    idempotencyKey: 'group-1',
    messages: Array.from({ length: count }, (_, n) => emailMessage(n + 1, overrides)),
  };
}

function textOf(n: number): string {
  return [
    'From: Shop <news@sender.example>',
    `To: person${n}@recipient.example`,
    `Message-ID: <d.${n}@sender.example>`,
    'Subject: News',
    'MIME-Version: 1.0',
    'Content-Type: text/plain',
    '',
    `Hello number ${n}`,
    `${'x'.repeat(70)}\r\n`.repeat(25),
  ].join('\r\n');
}
