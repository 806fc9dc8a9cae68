import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageFacts } from './image-facts';
import { plainImage } from './plain-image';

const text = (ascii: string) => Buffer.from(ascii, 'latin1');
const SECRET = 'GPS 59.91 N <script>alert(1)</script>';
const APPENDED = text(`${SECRET}%PDF-1.7 PK\u0003\u0004`);

function chunk(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, text(name), data, Buffer.alloc(4)]);
}

const IHDR = Buffer.from('00000003000000020802000000', 'hex');
const PIXELS = deflateSync(Buffer.alloc(20));
const PNG_START = Buffer.from('89504e470d0a1a0a', 'hex');
const png = (...more: Buffer[]) =>
  Buffer.concat([PNG_START, chunk('IHDR', IHDR), ...more, chunk('IDAT', PIXELS), chunk('IEND', Buffer.alloc(0))]);

const segment = (marker: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);
const JFIF = segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex'));
const FRAME = segment(0xc2, Buffer.from('080002000301011100', 'hex'));
const scanOf = (data: string) =>
  Buffer.concat([segment(0xda, Buffer.from('0101000000', 'hex')), Buffer.from(data, 'hex')]);
const SCANS = Buffer.concat([scanOf('12ff0034ffd056'), segment(0xc4, Buffer.from('00', 'hex')), scanOf('ff00ff00')]);
const jpeg = (...more: Buffer[]) =>
  Buffer.concat([Buffer.from('ffd8', 'hex'), JFIF, ...more, FRAME, SCANS, Buffer.from('ffd9', 'hex')]);
/** As a phone writes it: the place it was taken at, and that it was held upright. */
const exif = (orientation: number) =>
  segment(
    0xe1,
    Buffer.concat([
      text('Exif\0\0'),
      Buffer.from('49492a000800000002000f010200020000004142000012010300010000', 'hex'),
      Buffer.from([0, orientation, 0, 0, 0]),
      text(SECRET),
    ]),
  );

const GIF = {
  head: Buffer.from('47494638396103000200800000ffffff000000', 'hex'),
  loop: Buffer.concat([Buffer.from('21ff0b', 'hex'), text('NETSCAPE2.0'), Buffer.from('0301000000', 'hex')]),
  timing: Buffer.from('21f904000a000000', 'hex'),
  picture: Buffer.from('2c0000000003000200000202840a00', 'hex'),
  comment: Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), text(SECRET), Buffer.from([0])]),
};
const gif = (...parts: Buffer[]) => Buffer.concat([GIF.head, ...parts, Buffer.from([0x3b])]);

function riff(name: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(data.length);
  return Buffer.concat([text(name), length, data, Buffer.alloc(data.length & 1)]);
}
const webpOf = (...chunks: Buffer[]) => riff('RIFF', Buffer.concat([text('WEBP'), ...chunks]));
const VP8X = (flags: number) => riff('VP8X', Buffer.from([flags, 0, 0, 0, 2, 0, 0, 1, 0, 0]));
const VP8L = riff('VP8L', Buffer.from('2f0240000000000001', 'hex'));

const plainOf = (data: Buffer) => {
  const facts = imageFacts(data);
  if (!facts) throw new Error('Not taken for a picture at all');
  const plain = plainImage(data, facts.mediaType);
  return plain && Buffer.from(plain);
};

const CASES: Record<string, { dirty: Buffer; clean: Buffer }> = {
  PNG: {
    dirty: png(
      chunk('tEXt', text(`Comment\0${SECRET}`)),
      chunk('eXIf', text(SECRET)),
      chunk('zzZz', text(SECRET)),
      chunk('gAMA', Buffer.alloc(4)),
    ),
    clean: png(chunk('gAMA', Buffer.alloc(4))),
  },
  JPEG: {
    dirty: jpeg(
      segment(0xe1, text(`http://ns.adobe.com/xap/1.0/\0${SECRET}`)),
      segment(0xfe, text(SECRET)),
      segment(0xed, text(SECRET)),
      exif(1),
    ),
    clean: jpeg(),
  },
  GIF: {
    dirty: gif(GIF.loop, GIF.comment, GIF.timing, GIF.picture, GIF.comment, GIF.timing, GIF.picture),
    clean: gif(GIF.loop, GIF.timing, GIF.picture, GIF.timing, GIF.picture),
  },
  WebP: {
    dirty: webpOf(
      VP8X(0b1100),
      VP8L,
      riff('EXIF', text(SECRET)),
      riff('XMP ', text(`${SECRET}!`)),
      riff('zzzz', text(SECRET)),
    ),
    clean: webpOf(VP8X(0), VP8L),
  },
};

describe.each(Object.entries(CASES))('a %s picture', (_, { dirty, clean }) => {
  it('is kept as what shows it, and nothing that was added to it', () => {
    expect(dirty.includes(SECRET)).toBe(true);
    expect(plainOf(dirty)).toEqual(clean);
    expect(plainOf(Buffer.concat([dirty, APPENDED]))).toEqual(clean);
    expect(plainOf(clean)).toEqual(clean);
  });

  it('is refused when it ends too soon, wherever that is', () => {
    for (let length = 0; length < clean.length; length++) {
      const cut = clean.subarray(0, length);
      const facts = imageFacts(cut);
      if (facts) expect(plainImage(cut, facts.mediaType), `${length} bytes`).toBeNull();
    }
  });

  it('with damage anywhere is refused or kept, in no time and without an exception', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(dirty.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const damaged = Buffer.from(dirty);
          for (const [at, byte] of changes) damaged[at] = byte;
          const facts = imageFacts(damaged);
          const plain = facts && plainImage(damaged, facts.mediaType);
          expect((plain?.length ?? 0) <= damaged.length + 40).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('a photograph', () => {
  it('stays the right way up, and loses where it was taken', () => {
    const plain = plainOf(jpeg(exif(6)));
    expect(plain?.includes(SECRET)).toBe(false);
    const turned = 'ffe10022 457869660000 4d4d002a00000008 0001 0112000300000001 00060000 00000000'.replaceAll(' ', '');
    expect(plain?.toString('hex')).toContain(turned);
    expect(plain && plainOf(plain)).toEqual(plain);
  });
});
