export interface ImageFacts {
  mediaType: 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';
  width: number;
  height: number;
}

function ascii(data: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...data.subarray(from, from + length));
}

function png(data: Uint8Array, view: DataView): ImageFacts | null {
  if (ascii(data, 1, 3) !== 'PNG' || data[0] !== 0x89 || ascii(data, 12, 4) !== 'IHDR') return null;
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function gif(data: Uint8Array, view: DataView): ImageFacts | null {
  if (!/^GIF8[79]a$/.test(ascii(data, 0, 6))) return null;
  return { mediaType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/** Walks the segments to the frame header (ITU T.81 §B.2.2). */
function jpeg(data: Uint8Array, view: DataView): ImageFacts | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 < data.length) {
    if (data[at] !== 0xff) return null;
    const marker = data[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { mediaType: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webp(data: Uint8Array, view: DataView): ImageFacts | null {
  if (ascii(data, 0, 4) !== 'RIFF' || ascii(data, 8, 4) !== 'WEBP') return null;
  const chunk = ascii(data, 12, 4);
  if (chunk === 'VP8 ') {
    return {
      mediaType: 'image/webp',
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  }
  if (chunk === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { mediaType: 'image/webp', width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8X') return null;
  const uint24 = (from: number) => view.getUint16(from, true) | (view.getUint8(from + 2) << 16);
  return { mediaType: 'image/webp', width: uint24(24) + 1, height: uint24(27) + 1 };
}

/** What an image really is, from its bytes alone; null for everything that no mail program shows, SVG included. */
export function imageFacts(data: Uint8Array): ImageFacts | null {
  if (data.length < 32) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const facts = png(data, view) ?? gif(data, view) ?? jpeg(data, view) ?? webp(data, view);
  return facts && facts.width > 0 && facts.height > 0 ? facts : null;
}
