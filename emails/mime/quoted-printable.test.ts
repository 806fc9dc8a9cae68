import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quotedPrintablePiece } from './quoted-printable';

/** A plain reading of RFC 2045 §6.7, independent of the encoder. */
function decode(encoded: string): string {
  const bytes: number[] = [];
  const joined = encoded.replace(/=\r\n/g, '');
  for (let at = 0; at < joined.length; at++) {
    if (joined[at] === '=') {
      bytes.push(Number.parseInt(joined.slice(at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(joined.charCodeAt(at));
  }
  return Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n');
}
const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ unit: fc.constantFrom('.', ' ', '=', '\n', '\t', 'é', '😀', 'word', 'From '), maxLength: 200 }),
  )
  .map((value) => value.replace(/\r\n?/g, '\n').toWellFormed());

describe('quoted-printable', () => {
  it('comes back byte for byte, in any cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 5 }), (pieces) => {
        expect(decode(pieces.map(quotedPrintablePiece).join(''))).toBe(pieces.join(''));
      }),
    );
  });

  it('keeps lines within 76 printable characters, none starting with a dot or ending in white space', () => {
    fc.assert(
      fc.property(text, (value) => {
        const encoded = quotedPrintablePiece(value);
        if (encoded !== '') expect(encoded.endsWith('\r\n')).toBe(true);
        for (const line of encoded.split('\r\n')) {
          expect(line).toMatch(/^(?!\.)[\x20-\x7e\t]{0,76}$/);
          expect(line).not.toMatch(/[ \t]$/);
          expect(line).not.toMatch(/=[0-9A-F]?$(?<!=)/);
        }
      }),
    );
  });

  it.each([
    ['', ''],
    ['plain', 'plain=\r\n'],
    ['.dot', '=2Edot=\r\n'],
    ['a=b', 'a=3Db=\r\n'],
    ['é', '=C3=A9=\r\n'],
    ['a \nb', 'a=\r\n=20\r\nb=\r\n'],
    ['line\n', 'line\r\n'],
    ['\n', '\r\n'],
  ])('writes %j as %j', (value, encoded) => {
    expect(quotedPrintablePiece(value)).toBe(encoded);
  });
});
