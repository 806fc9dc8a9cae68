const PLAIN_TEXT = /^[\x20-\x3c\x3e-\x7e]*$/;
// Room is kept for the "=" of a soft break: a line may have 76 (RFC 2045 §6.7).
const ROOM = 75;
export const SOFT_BREAK = '=\r\n';
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const TOKEN = HEX.map((coded, byte) => {
  const isPlain = (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x09;
  return isPlain ? String.fromCharCode(byte) : coded;
});
const DOT = 0x2e;

/**
 * Quoted-printable of a piece that starts at the beginning of a line and, by a soft line break, ends at one; so pieces
 * encoded at different times may be joined in any order. No line begins with a dot, hence none needs dot-stuffing
 * (RFC 5321 §4.5.2). `text` has LF line ends; they become CRLF.
 */
export function quotedPrintablePiece(text: string): string {
  if (text === '') return '';
  if (PLAIN_TEXT.test(text)) return breakPlain(text) + SOFT_BREAK;
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  let out = '';
  for (const line of lines) out += `${encodeLine(line, true)}\r\n`;
  return last === '' ? out : out + encodeLine(last, false) + SOFT_BREAK;
}

function encodeLine(line: string, isHardEnd: boolean): string {
  if (line === '') return '';
  const encoded = PLAIN_TEXT.test(line) ? breakPlain(line) : encodeBytes(line);
  const end = isHardEnd ? encoded.at(-1) : '';
  if (end !== ' ' && end !== '\t') return encoded;
  // White space before a line end would be lost on the way; the extra break keeps the line short.
  return `${encoded.slice(0, -1)}${SOFT_BREAK}${end === ' ' ? '=20' : '=09'}`;
}

function breakPlain(line: string): string {
  if (line.length <= ROOM && line.charCodeAt(0) !== DOT) return line;
  let out = '';
  for (let at = 0; at < line.length; ) {
    const startsWithDot = line.charCodeAt(at) === DOT;
    const end = at + (startsWithDot ? ROOM - 2 : ROOM);
    if (at > 0) out += SOFT_BREAK;
    out += startsWithDot ? `=2E${line.slice(at + 1, end)}` : line.slice(at, end);
    at = end;
  }
  return out;
}

function encodeBytes(line: string): string {
  let out = '';
  let column = 0;
  for (const byte of Buffer.from(line, 'utf8')) {
    let token = TOKEN[byte] ?? '';
    if (column + token.length > ROOM) {
      out += SOFT_BREAK;
      column = 0;
    }
    if (column === 0 && byte === DOT) token = '=2E';
    out += token;
    column += token.length;
  }
  return out;
}
