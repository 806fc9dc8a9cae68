import { joinBytes } from '@/lib/domain/join-bytes';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const EXIF = 0xe1;
const ORIENTATION = 0x0112;

const text = (data: Uint8Array, at: number, length: number) => String.fromCharCode(...data.subarray(at, at + length));

/** How the camera was held, 1 to 8, of an EXIF segment (Exif 2.3 §4.6.4); 1 for anything unreadable. */
function orientationOf(segment: Uint8Array): number {
  if (text(segment, 4, 6) !== 'Exif\0\0' || segment.length < 20) return 1;
  const view = new DataView(segment.buffer, segment.byteOffset + 10, segment.byteLength - 10);
  const isLittle = text(segment, 10, 2) === 'II';
  const directory = view.getUint32(4, isLittle);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, isLittle);
  for (let n = 0; n < entries; n++) {
    const at = directory + 2 + n * 12;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, isLittle) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, isLittle);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** An EXIF segment that says how to turn the picture, and nothing else. */
function orientationSegment(value: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0, 0, 0, 0, 0];
  const exif = [...'Exif\0\0'].map((letter) => letter.charCodeAt(0));
  const length = 2 + exif.length + tiff.length;
  return Uint8Array.from([0xff, EXIF, length >> 8, length & 0xff, ...exif, ...tiff]);
}

/** Tables and frames, the colour profile, and what Adobe says of the colours; no other application's and no comments. */
function isKept(marker: number, segment: Uint8Array): boolean {
  if (marker >= 0xc0 && marker <= 0xdf) return true;
  if (marker === 0xe0) return /^JF(IF|XX)\0/.test(text(segment, 4, 5));
  if (marker === 0xe2) return text(segment, 4, 12) === 'ICC_PROFILE\0';
  return marker === 0xee && text(segment, 4, 5) === 'Adobe';
}

/** The place of the marker that ends the coded data from here on; what is escaped and restarts are part of it. */
function afterScan(data: Uint8Array, from: number): number | null {
  for (let at = from; at + 1 < data.length; at++) {
    const next = data[at + 1] ?? 0;
    if (data[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return null;
}

/** JPEG (ITU T.81 annex B) from its start to its end, with the orientation of a photograph kept. */
export function plainJpeg(data: Uint8Array): Uint8Array | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const kept: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  let orientation = 1;
  let hasScan = false;
  for (let at = 2; at + 3 < data.length || data[at + 1] === EOI; ) {
    const marker = data[at + 1] ?? 0;
    if (data[at] !== 0xff) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return hasScan ? written([...kept, Uint8Array.of(0xff, EOI)], orientation) : null;
    const segmentEnd = at + 2 + view.getUint16(at + 2);
    if (segmentEnd > data.length) return null;
    const segment = data.subarray(at, segmentEnd);
    if (marker === EXIF && orientation === 1) orientation = orientationOf(segment);
    const end = marker === SOS ? afterScan(data, segmentEnd) : segmentEnd;
    if (end === null) return null;
    hasScan ||= marker === SOS;
    if (isKept(marker, segment)) kept.push(data.subarray(at, end));
    at = end;
  }
  return null;
}

function written([start = new Uint8Array(), ...parts]: Uint8Array[], orientation: number): Uint8Array {
  const turned = orientation === 1 ? [] : [orientationSegment(orientation)];
  // JFIF wants to be first of all (ISO/IEC 10918-5 §6.1)
  const isJfif = parts[0]?.[1] === 0xe0;
  const all = isJfif ? [start, ...parts.slice(0, 1), ...turned, ...parts.slice(1)] : [start, ...turned, ...parts];
  return joinBytes(all);
}
