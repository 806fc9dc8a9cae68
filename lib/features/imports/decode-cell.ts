import { decode, encodingExists } from 'iconv-lite';

export interface DecodedCell {
  text: string;
  /** The bytes were not valid in the encoding of the file and were read as Windows-1252. */
  mixed: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the point is to find what is not ASCII
const ASCII = /^[\u0000-\u007f]*$/;
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

export function isUtf16(encoding: string): boolean {
  return /^utf-?16/i.test(encoding);
}

function isUtf8(encoding: string): boolean {
  return /^(?:utf-?8|ascii|us-ascii)$/i.test(encoding);
}

/** Whether cells in this encoding can be told apart byte by byte, as commas, quotes and line ends stand for themselves. */
export function isReadable(encoding: string): boolean {
  return isUtf16(encoding) || isUtf8(encoding) || (encodingExists(encoding) && !/^utf-?(?:7|32)/i.test(encoding));
}

/** Turns the raw bytes of a cell (one character per byte) into text of the encoding. */
export function cellDecoder(encoding: string): (raw: string) => DecodedCell {
  if (isUtf16(encoding)) return (raw) => ({ text: raw, mixed: false });
  const utf8 = isUtf8(encoding);
  return (raw) => {
    if (ASCII.test(raw)) return { text: raw, mixed: false };
    const bytes = Buffer.from(raw, 'latin1');
    if (!utf8) return { text: decode(bytes, encoding), mixed: false };
    try {
      return { text: strictUtf8.decode(bytes), mixed: false };
    } catch {
      return { text: decode(bytes, 'windows-1252'), mixed: true };
    }
  };
}
