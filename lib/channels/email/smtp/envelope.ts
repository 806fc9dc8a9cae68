import { isAscii } from 'node:buffer';
import { domainToASCII } from 'node:url';
import type { EmailMessage, SendResult } from '@/lib/channels/channel';
import { type Rejected, refusedForGood } from '@/lib/channels/rejected';
import type { SmtpExtensions } from './extensions';

const UNSAFE = /[\p{Cc}\s<>]/u;
const NON_ASCII = /[^\0-\x7f]/;

/** One message on its way through a connection. */
export interface SmtpJob {
  message: EmailMessage;
  mime: Buffer;
  isEightBit: boolean;
  /** Set by the first refusal of the envelope; later replies of the same group cannot change it. */
  refusal: Rejected | null;
  recipientRefused: boolean;
  /** Bytes of this message, envelope included, may have left. */
  started: boolean;
  /** The sender was asked to stop: no new try if the envelope is lost. */
  stopped: boolean;
  settled: boolean;
  lostEnvelopes: number;
  /** How many messages the channel had got accepted when this one first began to leave. */
  acceptedBefore: number;
  /** Only the first result counts. */
  settle(result: SendResult): void;
}

const NOTHING = Buffer.alloc(0);
const DOT = 0x2e;
const CR = 0x0d;
const LF = 0x0a;
const LINE_AND_DOT = Buffer.from('\n.');

/** Every line that begins with a dot must begin with two, or the server would end the message early. */
function isStuffed(mime: Buffer): boolean {
  if (mime[0] === DOT && mime[1] !== DOT) return false;
  for (let at = mime.indexOf(LINE_AND_DOT); at >= 0; at = mime.indexOf(LINE_AND_DOT, at + 2)) {
    if (mime[at + 2] !== DOT) return false;
  }
  return mime[mime.length - 2] === CR && mime[mime.length - 1] === LF;
}

export function createJob(message: EmailMessage, onResult: (result: SendResult) => void): SmtpJob {
  const mime = message.mime ?? NOTHING;
  const job: SmtpJob = {
    message,
    mime,
    isEightBit: !message.isWireReady && !isAscii(mime),
    refusal:
      message.isWireReady || isStuffed(mime)
        ? null
        : refusedForGood('internal', 'malformed_mime', 'The message is not dot-stuffed, or does not end in CRLF.'),
    recipientRefused: false,
    started: false,
    stopped: false,
    settled: false,
    lostEnvelopes: 0,
    acceptedBefore: 0,
    settle(result) {
      if (job.settled) return;
      job.settled = true;
      onResult(result);
    },
  };
  return job;
}

interface WireAddress {
  text: string;
  utf8: boolean;
}

/** A non-ASCII domain has an ASCII form (RFC 5890); only a non-ASCII local part needs SMTPUTF8. */
function wireAddress(address: string): WireAddress {
  if (!NON_ASCII.test(address)) return { text: address, utf8: false };
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1)) || address.slice(at + 1);
  const text = `${address.slice(0, at)}@${domain}`;
  return { text, utf8: NON_ASCII.test(text) };
}

export interface Envelope {
  mail: string;
  rcpt: string;
  encoding: 'latin1' | 'utf8';
}

/** The MAIL and RCPT lines of a job on a server with these extensions, or why it cannot be offered to that server. */
export function buildEnvelope(job: SmtpJob, extensions: SmtpExtensions): Envelope | Rejected {
  const { envelopeFrom, to } = job.message;
  if (UNSAFE.test(to) || to.indexOf('@') < 1)
    return refusedForGood('recipient', 'invalid_address', 'Not an address SMTP can carry.');
  if (UNSAFE.test(envelopeFrom)) return refusedForGood('internal', 'invalid_sender', 'Not an address SMTP can carry.');
  if (extensions.sizeLimit > 0 && job.mime.length > extensions.sizeLimit) {
    return refusedForGood(
      'content',
      'message_too_large',
      `${job.mime.length} bytes; the server takes ${extensions.sizeLimit}.`,
    );
  }
  const sender = wireAddress(envelopeFrom);
  const recipient = wireAddress(to);
  const utf8 = sender.utf8 || recipient.utf8;
  if (utf8 && !extensions.smtpUtf8) {
    return refusedForGood('recipient', 'smtputf8_unsupported', 'The server cannot carry this international address.');
  }
  const eightBit = job.isEightBit;
  if (eightBit && !extensions.eightBitMime) {
    return refusedForGood('content', '8bitmime_unsupported', 'The server takes only 7-bit messages.');
  }
  let mail = `MAIL FROM:<${sender.text}>`;
  if (extensions.sizeLimit > 0) mail += ` SIZE=${job.mime.length}`;
  if (eightBit) mail += ' BODY=8BITMIME';
  if (utf8) mail += ' SMTPUTF8';
  return { mail: `${mail}\r\n`, rcpt: `RCPT TO:<${recipient.text}>\r\n`, encoding: utf8 ? 'utf8' : 'latin1' };
}
