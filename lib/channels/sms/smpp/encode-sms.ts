/** 3GPP TS 23.038 default alphabet by code; 0x1B is the escape to the extension table. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION: [char: string, code: number][] = [
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
];
const ESCAPE = 0x1b;
const GSM = new Map<string, number[]>([
  ...[...BASIC].map((char, code): [string, number[]] => [char, [code]]),
  ...EXTENSION.map(([char, code]): [string, number[]] => [char, [ESCAPE, code]]),
]);
GSM.delete('\u001b');

export interface EncodedSms {
  /** SMPP data_coding: 0 is the SMSC's default alphabet (GSM-7, one septet per octet), 8 is UCS-2. */
  dataCoding: 0 | 8;
  /** The short_message of each part; with more than one, each begins with a concatenation header. */
  parts: Buffer[];
}

const UNITS = { 0: { single: 160, joined: 153 }, 8: { single: 140, joined: 134 } } as const;

function ucs2(char: string): number[] {
  return [...Buffer.from(char, 'utf16le').swap16()];
}

/**
 * Encodes a text into the fewest parts, GSM-7 if every character allows it, UCS-2 otherwise. No escape pair and no
 * surrogate pair is split over two parts. `reference` (8 bits are used) ties the parts together.
 */
export function encodeSms(text: string, reference: number): EncodedSms {
  const characters = [...text];
  const septets = characters.map((char) => GSM.get(char));
  const dataCoding = septets.every((codes) => codes !== undefined) ? 0 : 8;
  const units = characters.map((char, index) => (dataCoding === 0 ? (septets[index] ?? []) : ucs2(char)));
  const { single, joined } = UNITS[dataCoding];
  const total = units.reduce((sum, codes) => sum + codes.length, 0);
  if (total <= single) return { dataCoding, parts: [Buffer.from(units.flat())] };
  const bodies: number[][] = [[]];
  for (const codes of units) {
    let body = bodies.at(-1) ?? [];
    if (body.length + codes.length > joined) {
      body = [];
      bodies.push(body);
    }
    body.push(...codes);
  }
  const header = (part: number) => [0x05, 0x00, 0x03, reference & 0xff, bodies.length, part];
  return { dataCoding, parts: bodies.map((body, index) => Buffer.from([...header(index + 1), ...body])) };
}
