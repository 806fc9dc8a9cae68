import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvCell, csvLine } from './csv';

describe('csvLine', () => {
  it('is read back by a CSV reader as it was, whatever the text', () => {
    const plain = fc
      .string({ unit: 'binary' })
      .filter((text) => csvCell(text)[0] !== "'" && !csvCell(text).startsWith(`"'`));
    fc.assert(
      fc.property(fc.array(plain, { minLength: 2, maxLength: 6 }), (cells) => {
        expect(parse(csvLine(cells), { relax_column_count: true, bom: false })[0]).toEqual(cells);
      }),
    );
  });

  it('never starts a cell of text with a character that starts a formula', () => {
    for (const start of ['=', '+', '-', '@', '\t', '\r', '\0', '＝']) {
      const [row] = parse(csvLine([`${start}cmd|'/C calc'!A0`, 'x']));
      expect(row?.[0]?.startsWith(`'${start}`)).toBe(true);
    }
    expect(csvLine([-5, 'a,b', null, true])).toBe('-5,"a,b",,true\r\n');
  });
});
