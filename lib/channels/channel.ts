import type { ErrorClass } from '@/lib/domain/delivery-error';

/** An email ready for the wire. `mime` is set for adapters whose format is 'mime', `json` or `parts` for 'json'. */
export interface EmailMessage {
  deliveryId: string;
  /** RFC 5321 envelope sender (VERP). */
  envelopeFrom: string;
  /** Exactly one address, already validated; no display name. */
  to: string;
  /** Whole RFC 5322 message, CRLF line ends, already dot-stuffed, ending in CRLF, without the final dot line. Valid until the group has its results. */
  mime?: Buffer;
  /** Whoever made `mime` vouches by its making that it is ASCII and dot-stuffed: it need not be read through again. */
  isWireReady?: boolean;
  parts?: EmailParts;
  json?: EmailJson;
}

export interface EmailHead {
  from: string;
  replyTo?: string;
  subject: string;
  headers: Record<string, string>;
}

export interface EmailParts extends EmailHead {
  html: string;
  text: string;
}

export interface EmailJson extends EmailHead {
  /** The members `html` and `text` of a JSON object, in UTF-8. Valid until the group has its results. */
  bodies: Buffer;
}

export interface SmsMessage {
  deliveryId: string;
  from: string;
  /** E.164, with the plus. */
  to: string;
  text: string;
  /** Where the provider reports the receipt of this very message; carries the signed delivery id. */
  statusCallbackUrl?: string;
}

export type OutboundMessage = EmailMessage | SmsMessage;

/**
 * What one attempt came to. `accepted` and `rejected` are definite (a complete provider answer, or certainty that
 * nothing left); `unknown` is everything else and never becomes a guess.
 */
export type SendResult =
  | { outcome: 'accepted'; providerMessageId: string | null; text: string }
  | {
      outcome: 'rejected';
      class: ErrorClass;
      /** Worth another attempt of the same delivery later. */
      retryable: boolean;
      code: string;
      text: string;
      retryAfterMs?: number;
    }
  | { outcome: 'unknown'; code: string; text: string };

/** A group as the bytes of its request, made once for the ledger and for the wire. */
export interface PreparedGroup {
  body: Buffer;
  sha256: string;
}

export interface SendGroup<M extends OutboundMessage> {
  /** The same key with the same bytes on every replay of this group (used by idempotent providers). */
  idempotencyKey: string;
  messages: M[];
  /** What `prepare` made of exactly these messages. */
  prepared?: PreparedGroup;
}

export interface ChannelCapabilities {
  /** Adapters that take 'json' take parts too. */
  format: 'mime' | 'json' | 'text';
  /** Most messages one intent group may hold: what one call, or one connection pool, has in flight. */
  maxGroupSize: number;
  /** Groups this adapter likes to have in flight at once. */
  concurrentGroups: number;
  /** How long a repeated idempotency key is honoured; 0 means the provider has no idempotency. */
  idempotencyWindowMs: number;
}

/** A message as the provider has it in its own list. */
export interface ListedMessage {
  providerMessageId: string;
  status: string;
  errorCode: string | null;
  errorText: string | null;
}

/** The provider seam. One instance per provider account and process; connections are kept between groups. */
export interface Channel<M extends OutboundMessage = OutboundMessage> {
  readonly capabilities: ChannelCapabilities;
  /** For idempotent providers: what a group will be on the wire, so that its hash can be kept before it leaves. */
  prepare?(messages: M[]): PreparedGroup;
  /**
   * Sends a group and answers one result per message, in order. Never throws for what a provider or network does:
   * that is a result. `signal` asks to stop before messages not yet on the wire (they come back rejected with code
   * `not_started`, retryable); it never cuts one that is.
   */
  send(group: SendGroup<M>, signal?: AbortSignal): Promise<SendResult[]>;
  /**
   * Where the provider keeps a list: the messages in it that can only be this one or its double, sent about `intentAt`.
   * Null when it gave no complete answer. An empty list proves nothing, since lists lag behind.
   */
  lookUp?(message: M, intentAt: Date): Promise<ListedMessage[] | null>;
  /** Proves address and credentials without sending anything; the text is for a person. */
  verify(): Promise<{ ok: boolean; text: string }>;
  close(): Promise<void>;
}
