const PLAIN_LINE = /^[\x20-\x2d\x2f-\x3c\x3e-\x7e][\x20-\x3c\x3e-\x7e]{0,74}$/;
const HEX = Array.from({ length: 256 }, (_, byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`);
const MAX_LINE = 76;
const encoder = new TextEncoder();

/**
 * Quoted-printable (RFC 2045 §6.7) of a piece that starts at the beginning of a line and, by a soft line break, ends at
 * one; so pieces encoded at different times may be joined in any order. No line begins with a dot, hence none needs
 * dot-stuffing (RFC 5321 §4.5.2). `text` has LF line ends; they become CRLF.
 */
export function quotedPrintablePiece(text: string): string {
  if (text === '') return '';
  if (PLAIN_LINE.test(text)) return `${text}=\r\n`;
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  let out = '';
  for (const line of lines) out += `${encodeLine(line, true)}\r\n`;
  return last === '' ? out : `${out}${encodeLine(last, false)}=\r\n`;
}

function encodeLine(line: string, isHardEnd: boolean): string {
  let out = '';
  let column = 0;
  for (const char of line) {
    const code = char.charCodeAt(0);
    const isPlain = char.length === 1 && code >= 0x20 && code <= 0x7e && code !== 0x3d && (column > 0 || code !== 0x2e);
    let token = isPlain || code === 9 ? char : encodeBytes(char);
    // Room is kept for the "=" of a soft break that may follow.
    if (column + token.length > MAX_LINE - 1) {
      out += '=\r\n';
      column = 0;
      if (code === 0x2e) token = '=2E';
    }
    out += token;
    column += token.length;
  }
  if (!isHardEnd) return out;
  const end = out.at(-1);
  if (end !== ' ' && end !== '\t') return out;
  const coded = end === ' ' ? '=20' : '=09';
  return column + 2 > MAX_LINE - 1 ? `${out.slice(0, -1)}=\r\n${coded}` : out.slice(0, -1) + coded;
}

function encodeBytes(char: string): string {
  let out = '';
  for (const byte of encoder.encode(char)) out += HEX[byte];
  return out;
}
