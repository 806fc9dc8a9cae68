import { once } from 'node:events';
import { setImmediate as otherWork } from 'node:timers/promises';
import { CsvError, Parser } from 'csv-parse';
import { type ImportOptions, MAX_ROW_BYTES } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';
import { cellDecoder, isUtf16 } from '@/lib/features/imports/decode-cell';

export interface FileRecord {
  cells: string[];
  /** Where the next record begins in the file. */
  endByte: number;
  /** Some cell was not in the encoding of the file. */
  mixed: boolean;
}

// small, so that replies of the database never wait long for the parser
const SLICE_BYTES = 8_192;

function csvSentence(error: unknown, lastRow: number): AppError {
  const code = error instanceof CsvError ? error.code : '';
  const row = lastRow + 1;
  if (code === 'CSV_QUOTE_NOT_CLOSED') {
    return new AppError('invalid', `Row ${row} opens a quotation mark that is never closed.`, { cause: error });
  }
  if (code === 'CSV_MAX_RECORD_SIZE') {
    const text = `Row ${row} is larger than ${MAX_ROW_BYTES / 1_000_000} MB; most often a quotation mark is opened there and never closed.`;
    return new AppError('invalid', text, { cause: error });
  }
  return new AppError('invalid', `Row ${row} cannot be read as CSV.`, { cause: error });
}

export interface RecordSource {
  /** Bytes of the file from `fromByte` on. */
  bytes: AsyncIterable<Buffer>;
  fromByte: number;
  /** How many records lie before `fromByte`. */
  fromRecord: number;
  options: Pick<ImportOptions, 'encoding' | 'delimiter'>;
}

/**
 * Reads a CSV file as records from any record boundary on (RFC 4180, lenient about stray quotes and mixed line ends),
 * with the byte at which each record ends. Holds little more than one slice in memory. Throws `invalid` with one
 * sentence naming the row where the file cannot be read any further.
 */
export async function* readRecords(source: RecordSource): AsyncGenerator<FileRecord[]> {
  const { bytes, fromByte, fromRecord, options } = source;
  const utf16 = isUtf16(options.encoding);
  const bigEndian = /be$/i.test(options.encoding);
  const decodeCell = cellDecoder(options.encoding);
  let records: FileRecord[] = [];
  let count = fromRecord;
  let failed: unknown;

  const parser = new Parser({
    encoding: utf16 ? 'utf16le' : 'latin1',
    delimiter: options.delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: MAX_ROW_BYTES,
    on_record: (cells: string[], { bytes: end }) => {
      let mixed = false;
      for (let i = 0; i < cells.length; i++) {
        const decoded = decodeCell(cells[i] ?? '');
        cells[i] = decoded.text;
        mixed ||= decoded.mixed;
      }
      count++;
      records.push({ cells, endByte: skipped + fromByte + end, mixed });
      return null;
    },
  });
  parser.on('error', (error) => {
    failed ??= error;
  });
  parser.resume();

  const flush = () => {
    const ready = records;
    records = [];
    return ready;
  };
  let skipped = 0;
  let rest: Buffer = Buffer.alloc(0);
  let first = fromByte === 0;
  for await (const piece of bytes) {
    let data = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    rest = Buffer.alloc(0);
    if (first) {
      skipped = bomLength(data, options.encoding);
      data = data.subarray(skipped);
      first = false;
    }
    if (utf16 && data.length % 2 === 1) {
      rest = data.subarray(-1);
      data = data.subarray(0, -1);
    }
    if (bigEndian) data = Buffer.from(data).swap16();
    for (let at = 0; at < data.length; at += SLICE_BYTES) {
      parser.write(data.subarray(at, at + SLICE_BYTES));
      await otherWork();
      if (failed) break;
      if (records.length > 0) yield flush();
    }
    if (failed) break;
  }
  if (!failed) {
    parser.end();
    await once(parser, 'close').catch((error: unknown) => {
      failed ??= error;
    });
  }
  if (records.length > 0) yield flush();
  if (failed) throw csvSentence(failed, count);
}

/** How many bytes of byte order mark a file begins with. */
export function bomLength(head: Buffer, encoding: string): number {
  if (isUtf16(encoding)) {
    return head.length >= 2 && (head.readUInt16BE(0) === 0xfeff || head.readUInt16BE(0) === 0xfffe) ? 2 : 0;
  }
  return head.length >= 3 && head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
}
