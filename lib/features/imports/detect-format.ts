import { analyse } from 'chardet';
import { parse } from 'csv-parse/sync';
import { decode } from 'iconv-lite';
import { parseEmailAddress } from '@/lib/domain/email-address';
import { DELIMITERS, type Delimiter, MAX_ROW_BYTES } from '@/lib/domain/import';
import { fieldOfHeader } from '@/lib/domain/import-headers';
import { AppError } from '@/lib/errors';
import { isReadable } from '@/lib/features/imports/decode-cell';

const SIGNATURES: readonly [Buffer, string][] = [
  [Buffer.from('%PDF'), 'a PDF'],
  [Buffer.from('PK\x03\x04'), 'an Excel or ZIP file'],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'an old Excel file'],
  [Buffer.from([0x1f, 0x8b]), 'a gzip file'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'a picture'],
];

export function refuseOtherFormats(head: Buffer): void {
  const found = SIGNATURES.find(([bytes]) => head.subarray(0, bytes.length).equals(bytes));
  if (found)
    throw new AppError('invalid', `This is ${found[1]}, not a CSV file. Save it as CSV (UTF-8) and upload that.`);
}

/** UTF-16 without a mark shows as a zero in nearly every other byte. */
function guessUtf16(head: Buffer): string | null {
  const sample = head.subarray(0, 2000);
  let [even, odd] = [0, 0];
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) i % 2 === 0 ? even++ : odd++;
  const most = sample.length * 0.3;
  if (odd > most && even < odd / 10) return 'utf-16le';
  return even > most && odd < even / 10 ? 'utf-16be' : null;
}

function isUtf8(head: Buffer): boolean {
  try {
    // streaming: a character that is cut off at the end of the sample is no fault
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The encoding of a file by its first bytes: marks first, then what UTF-8 allows, then statistics. */
export function detectEncoding(head: Buffer): string {
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfeff) {
    throw new AppError(
      'invalid',
      'The file is in UTF-32, which is not supported. Save it as CSV (UTF-8) and upload that.',
    );
  }
  if (head.length >= 2 && head.readUInt16LE(0) === 0xfeff) return 'utf-16le';
  if (head.length >= 2 && head.readUInt16BE(0) === 0xfeff) return 'utf-16be';
  const utf16 = guessUtf16(head);
  if (utf16) return utf16;
  if (head.includes(0)) {
    throw new AppError(
      'invalid',
      'This is not a text file: it has NUL bytes in it. Save it as CSV (UTF-8) and upload that.',
    );
  }
  if (isUtf8(head)) return 'utf-8';
  const guess = analyse(head).find(({ name }) => isReadable(name) && !/^utf|^iso-2022/i.test(name))?.name;
  // browsers and spreadsheets mean Windows-1252 when they say ISO-8859-1 (WHATWG Encoding)
  return !guess || /^iso-8859-1$/i.test(guess) ? 'windows-1252' : guess.toLowerCase();
}

export function decodeHead(head: Buffer, encoding: string): string {
  return decode(head, encoding).replace(/^\ufeff/, '');
}

/** Whole records of the head; the last one, which may be cut off, is left out unless the head is the whole file. */
export function parseHead(text: string, delimiter: Delimiter, isWhole: boolean): string[][] {
  const records: string[][] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_ROW_BYTES,
      to: 1001,
      on_record: (cells: string[]) => {
        records.push(cells);
        return null;
      },
    });
  } catch (error) {
    const cutOff = !isWhole && error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED';
    if (!cutOff) {
      const what = 'a quotation mark that is never closed, or a row larger than 1 MB';
      throw new AppError('invalid', `The file cannot be read as CSV after row ${records.length}: it has ${what}.`, {
        cause: error,
      });
    }
    return records;
  }
  const last = records.at(-1);
  if (!isWhole && last && records.length > 1 && records.length < 1001) records.pop();
  return records.filter((cells) => cells.length > 1 || cells[0]?.trim());
}

/** The delimiter with which most rows have the same number of columns, more than one. */
export function detectDelimiter(text: string, isWhole: boolean): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    try {
      const rows = parseHead(text, delimiter, isWhole).slice(0, 200);
      const width = rows[0]?.length ?? 0;
      const even = rows.filter((row) => row.length === width).length / Math.max(rows.length, 1);
      const score = width > 1 ? even * 100 + Math.min(width, 50) : 0;
      if (score > best.score) best = { delimiter, score };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return best.delimiter;
}

/** Whether the first row names columns: nothing in it looks like data, and no name comes twice. */
export function looksLikeHeader(rows: readonly string[][]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  const names = first.map((cell) => cell.trim().toLowerCase()).filter((cell) => cell !== '');
  if (names.length === 0 || new Set(names).size !== names.length) return false;
  const isData = (cell: string) => parseEmailAddress(cell).ok || /^[+(]?\d[\d\s().-]*$/.test(cell.trim());
  if (first.some(isData)) return false;
  if (rest.length === 0) return true;
  return (
    rest.slice(0, 20).some((row) => row.some(isData)) ||
    names.some((name) => fieldOfHeader(name) !== null || /mail|name|phone|number|id\b/.test(name))
  );
}
