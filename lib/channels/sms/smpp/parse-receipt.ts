import type { Pdu } from 'smpp';

export type SmppReceiptStatus =
  | 'enroute'
  | 'accepted'
  | 'delivered'
  | 'undelivered'
  | 'expired'
  | 'deleted'
  | 'rejected'
  | 'unknown';

export interface SmppReceipt {
  /** As in the result of the submission it speaks of; null when the SMSC names none. */
  providerMessageId: string | null;
  status: SmppReceiptStatus;
  errorCode: string | null;
  /** The 16 low bits of the delivery id, if the SMSC echoes user_message_reference. */
  userMessageReference: number | null;
  /** The number the message went to, in E.164 if the SMSC says it so. */
  address: string | null;
  text: string;
}

const BY_STATE: Record<number, SmppReceiptStatus> = {
  1: 'enroute',
  2: 'delivered',
  3: 'expired',
  4: 'deleted',
  5: 'undelivered',
  6: 'accepted',
  7: 'unknown',
  8: 'rejected',
};
const BY_WORD: Record<string, SmppReceiptStatus> = {
  ENROUTE: 'enroute',
  DELIVRD: 'delivered',
  EXPIRED: 'expired',
  DELETED: 'deleted',
  UNDELIV: 'undelivered',
  ACCEPTD: 'accepted',
  UNKNOWN: 'unknown',
  REJECTD: 'rejected',
};

const RECEIPT_TYPE = 0x3c;
const SMSC_RECEIPT = 0x04;
const INTERMEDIATE = 0x20;

function textOf(pdu: Pdu): string {
  const body: unknown = pdu.short_message;
  const message = typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  return Buffer.isBuffer(message) ? message.toString('latin1') : String(message ?? '');
}

/** Reads a deliver_sm as a delivery receipt (SMPP 3.4 appendix B, or its TLVs where given); null if it is none. */
export function parseReceipt(pdu: Pdu): SmppReceipt | null {
  const type = Number(pdu.esm_class ?? 0) & RECEIPT_TYPE;
  if (type !== SMSC_RECEIPT && type !== INTERMEDIATE) return null;
  const text = textOf(pdu);
  const word = /\bstat:(\w+)/i.exec(text)?.[1]?.toUpperCase() ?? '';
  const state = pdu.message_state;
  const id = typeof pdu.receipted_message_id === 'string' ? pdu.receipted_message_id : /\bid:(\S+)/i.exec(text)?.[1];
  const from = typeof pdu.source_addr === 'string' ? pdu.source_addr : '';
  return {
    providerMessageId: id ?? null,
    status: (typeof state === 'number' && BY_STATE[state]) || BY_WORD[word] || 'unknown',
    errorCode: /\berr:(\w+)/i.exec(text)?.[1] ?? null,
    userMessageReference: typeof pdu.user_message_reference === 'number' ? pdu.user_message_reference : null,
    address: /^\d{7,15}$/.test(from) ? `+${from}` : null,
    text: text.slice(0, 500),
  };
}
