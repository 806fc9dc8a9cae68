import { decodeWords } from 'postal-mime';

const HEADER_END = Buffer.from('\r\n\r\n');
const SUBJECT = /^subject:[ \t]*(.*(?:\r?\n[ \t].*)*)/im;
const MESSAGE_ID = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^>\r\n]*>)/im;

/** The two header fields a list of messages shows, without parsing the message. */
export function indexHeaders(message: Buffer): { subject: string; messageId: string } {
  const end = message.indexOf(HEADER_END);
  const headers = message.toString('utf8', 0, end < 0 ? Math.min(message.length, 65_536) : end);
  const subject = (SUBJECT.exec(headers)?.[1] ?? '').replace(/\r?\n[ \t]/g, ' ').trim();
  return { subject: decodeWords(subject).slice(0, 300), messageId: MESSAGE_ID.exec(headers)?.[1] ?? '' };
}
