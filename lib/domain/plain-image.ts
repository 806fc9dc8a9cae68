import { joinBytes } from '@/lib/domain/join-bytes';
import { plainJpeg } from '@/lib/domain/plain-jpeg';

const CHUNK_KINDS = {
  png: new Set([
    'IHDR',
    'PLTE',
    'IDAT',
    'IEND',
    'tRNS',
    'gAMA',
    'cHRM',
    'sRGB',
    'iCCP',
    'sBIT',
    'bKGD',
    'pHYs',
    'acTL',
    'fcTL',
    'fdAT',
  ]),
  webp: new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']),
};
/** The bits of a VP8X header that announce EXIF and XMP. */
const WEBP_METADATA = 0b0000_1100;

const viewOf = (data: Uint8Array) => new DataView(data.buffer, data.byteOffset, data.byteLength);
const name = (data: Uint8Array, at: number) => String.fromCharCode(...data.subarray(at, at + 4));

/** PNG (RFC 2083 §3): chunks of length, name, data and checksum, up to IEND. */
function plainPng(data: Uint8Array): Uint8Array | null {
  const view = viewOf(data);
  const kept = [data.subarray(0, 8)];
  let hasData = false;
  for (let at = 8; at + 12 <= data.length; ) {
    const end = at + 12 + view.getUint32(at);
    const kind = name(data, at + 4);
    if (end > data.length || (at === 8 && kind !== 'IHDR')) return null;
    if (CHUNK_KINDS.png.has(kind)) kept.push(data.subarray(at, end));
    hasData ||= kind === 'IDAT';
    if (kind === 'IEND') return hasData ? joinBytes(kept) : null;
    at = end;
  }
  return null;
}

/** WebP (RFC 9649 §2.3): chunks of name, length and data, padded to an even length, in a RIFF of that length. */
function plainWebp(data: Uint8Array): Uint8Array | null {
  const view = viewOf(data);
  const riffEnd = 8 + view.getUint32(4, true);
  if (riffEnd > data.length) return null;
  const kept: Uint8Array[] = [];
  let hasPicture = false;
  for (let at = 12; at + 8 <= riffEnd; ) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length & 1);
    const kind = name(data, at);
    if (at + 8 + length > riffEnd) return null;
    if (CHUNK_KINDS.webp.has(kind)) {
      const chunk = data.slice(at, Math.min(end, riffEnd));
      if (kind === 'VP8X') chunk[8] = (chunk[8] ?? 0) & ~WEBP_METADATA;
      kept.push(chunk);
    }
    hasPicture ||= kind === 'VP8 ' || kind === 'VP8L' || kind === 'ANMF';
    at = end;
  }
  if (!hasPicture) return null;
  const body = joinBytes(kept);
  const head = data.slice(0, 12);
  viewOf(head).setUint32(4, body.length + 4, true);
  return joinBytes([head, body]);
}

/** The place after a run of sub-blocks, each led by its length; null when the file ends before. */
function afterSubBlocks(data: Uint8Array, from: number): number | null {
  let at = from;
  while (at < data.length) {
    const length = data[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return null;
}

const tableBytes = (packed: number) => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** GIF (GIF89a §17 ff.): pictures, their timing and the loop; comments, texts and other applications are left out. */
function plainGif(data: Uint8Array): Uint8Array | null {
  let at = 13 + tableBytes(data[10] ?? 0);
  const kept = [data.subarray(0, at)];
  let hasPicture = false;
  while (at < data.length) {
    const block = data[at];
    if (block === 0x3b) return hasPicture ? joinBytes([...kept, data.subarray(at, at + 1)]) : null;
    const isPicture = block === 0x2c;
    if (!isPicture && block !== 0x21) return null;
    const end = afterSubBlocks(data, isPicture ? at + 11 + tableBytes(data[at + 9] ?? 0) : at + 2);
    if (end === null) return null;
    const label = data[at + 1];
    const isLoop =
      label === 0xff && /^(NETSCAPE2\.0|ANIMEXTS1\.0)/.test(String.fromCharCode(...data.subarray(at + 3, at + 14)));
    if (isPicture || label === 0xf9 || isLoop) kept.push(data.subarray(at, end));
    hasPicture ||= isPicture;
    at = end;
  }
  return null;
}

const WRITERS = {
  'image/png': plainPng,
  'image/jpeg': plainJpeg,
  'image/gif': plainGif,
  'image/webp': plainWebp,
};

/**
 * The same picture with nothing but what shows it: no place and time of a photograph, no comment, nothing appended that
 * another program could take for a page or a script. Null for a file whose parts do not add up to a picture.
 */
export function plainImage(data: Uint8Array, mediaType: keyof typeof WRITERS): Uint8Array | null {
  return WRITERS[mediaType](data);
}
