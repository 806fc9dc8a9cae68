import { ContentError } from '@/lib/domain/content-error';
import { assertHeaderText } from '@/lib/domain/escape';

const MAX_LINE = 76;
const MAX_HEADER_LINE = 998;
const NEEDS_ENCODING = /[^\x20-\x7e]|=\?|^\s|\s$| {2}/;
const LONG_WORD = /\S{70}/;
const ATOM_PHRASE = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;
const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/;
const MESSAGE_ID = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+$/;
const HEADER_NAME = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;
const HTTP_URL = /^https?:\/\/[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/;
const OWN_HEADERS =
  /^(?:from|to|cc|bcc|sender|reply-to|subject|date|message-id|mime-version|content-.*|list-unsubscribe(?:-post)?|return-path|received)$/i;

/** `Name: value` for free text: RFC 2047 words where needed, folded at 76. Throws `ContentError` on CR, LF, NUL. */
export function textHeader(name: string, value: string): string {
  const text = assertHeaderText(value, name);
  const start = `${name}: `;
  if (needsEncoding(text)) return start + encodedWords(text, start.length);
  return start.length + text.length <= MAX_LINE ? start + text : fold(start + text);
}

/** `"Name" <address>`; throws `ContentError` for an address that cannot stand in a header as it is (RFC 5322 dot-atom, ASCII). */
export function mailbox(header: string, address: string, name?: string): string {
  assertAddress(address, header);
  const text = assertHeaderText(name ?? '', header).trim();
  const start = `${header}: `;
  if (text === '') return `${start}<${address}>`;
  const phrase = displayName(text, start.length);
  const lastLine = phrase.slice(phrase.lastIndexOf('\n') + 1);
  const column = (phrase === lastLine ? start.length : 0) + lastLine.length;
  const gap = column + address.length + 3 > MAX_LINE ? '\r\n ' : ' ';
  return `${start}${phrase}${gap}<${address}>`;
}

/** `Name <address>` for providers that take it as one text and encode it themselves. */
export function plainMailbox(header: string, address: string, name?: string): string {
  assertAddress(address, header);
  const text = assertHeaderText(name ?? '', header).trim();
  if (text === '') return address;
  return `${/^[\p{L}\p{N} !#$%&'*+/=?^_{|}~-]+$/u.test(text) ? text : quoted(text)} <${address}>`;
}

export function messageIdHeader(messageId: string): string {
  const id = messageId.replace(/^<|>$/g, '');
  if (!MESSAGE_ID.test(id)) throw new ContentError('The Message-ID of this message is not valid.');
  return `Message-ID: <${id}>`;
}

let lastDate = { ms: Number.NaN, header: '' };

/** RFC 5322 §3.3 in UTC. */
export function dateHeader(date: Date): string {
  const ms = date.getTime();
  // the messages of a batch have one date
  if (lastDate.ms !== ms) lastDate = { ms, header: `Date: ${date.toUTCString().slice(0, -3)}+0000` };
  return lastDate.header;
}

/** An address for a header or attribute that takes it as it is: printable ASCII that ends nothing. */
export function assertHttpUrl(url: string, what: string): string {
  if (!HTTP_URL.test(url)) throw new ContentError(`The ${what} of this message is not a valid http address.`);
  return url;
}

/** Headers of the caller, checked: names are tokens that do not collide with ours, values cannot add lines. */
export function extraHeaderLines(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).map(([name, value]) => {
    assertExtraHeader(name, value);
    return textHeader(name, value);
  });
}

export function assertExtraHeader(name: string, value: string): void {
  if (!HEADER_NAME.test(name) || OWN_HEADERS.test(name))
    throw new ContentError(`The header ${JSON.stringify(name)} cannot be set.`);
  assertHeaderText(value, name);
}

export function assertAddress(address: string, header: string): void {
  if (!ADDRESS.test(address) || address.includes('..')) {
    throw new ContentError(`The ${header} address is not one a mail header can carry.`);
  }
}

function needsEncoding(text: string): boolean {
  return NEEDS_ENCODING.test(text) || (text.length >= 70 && LONG_WORD.test(text));
}

function displayName(text: string, column: number): string {
  if (needsEncoding(text) || text.length > 50) return encodedWords(text, column);
  return ATOM_PHRASE.test(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (found) => `\\${found}`)}"`;
}

/** RFC 2047 “B” words of whole characters, each line at most 76 long; `column` is where the first one starts. */
function encodedWords(text: string, column: number): string {
  const bytes = Buffer.from(text, 'utf8');
  let out = '';
  let room = roomFrom(column);
  for (let at = 0; at < bytes.length; ) {
    let end = Math.min(at + room, bytes.length);
    while (end < bytes.length && isContinuation(bytes[end])) end--;
    out += `${at === 0 ? '' : '\r\n '}=?UTF-8?B?${bytes.toString('base64', at, end)}?=`;
    at = end;
    room = roomFrom(1);
  }
  return out;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

// Never less than one whole character.
function roomFrom(column: number): number {
  return Math.max(6, Math.floor((MAX_LINE - column - '=?UTF-8?B??='.length) / 4) * 3);
}

function fold(line: string): string {
  let out = '';
  let rest = line;
  while (rest.length > MAX_LINE) {
    const cut = rest.lastIndexOf(' ', MAX_LINE);
    if (cut <= 0 || rest.slice(0, cut).trim() === '') break;
    out += `${rest.slice(0, cut)}\r\n`;
    rest = rest.slice(cut);
  }
  if (rest.length > MAX_HEADER_LINE) throw new ContentError('A header of this message is too long.');
  return out + rest;
}
