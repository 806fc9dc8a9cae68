import { describe, expect, it } from 'vitest';
import { imageFacts } from './image-facts';

const bytes = (hex: string) => Buffer.concat([Buffer.from(hex.replace(/\s/g, ''), 'hex'), Buffer.alloc(40)]);
const text = (ascii: string) => Buffer.from(ascii, 'latin1').toString('hex');

describe('imageFacts', () => {
  it('reads the four kinds that mail programs show, with their size', () => {
    expect(imageFacts(bytes(`${text('GIF89a')} 2c01 c800`))).toEqual({
      mediaType: 'image/gif',
      width: 300,
      height: 200,
    });
    const jpeg = bytes('ffd8 ffe0 0004 0000 ffdb 0003 00 ffc2 0011 08 00c8 012c');
    expect(imageFacts(jpeg)).toEqual({ mediaType: 'image/jpeg', width: 300, height: 200 });
    const head = `${text('RIFF')} 00000000 ${text('WEBP')}`;
    expect(imageFacts(bytes(`${head} ${text('VP8 ')} 00000000 000000 9d012a 2c01 c800`))?.width).toBe(300);
    expect(imageFacts(bytes(`${head} ${text('VP8L')} 00000000 2f 2bc13100`))).toMatchObject({
      width: 300,
      height: 200,
    });
    expect(imageFacts(bytes(`${head} ${text('VP8X')} 00000000 00000000 2b0100 c70000`))).toMatchObject({
      width: 300,
      height: 200,
    });
  });

  it('knows nothing of anything else, cut off or hostile', () => {
    for (const other of [text('<svg xmlns="http://www.w3.org/2000/svg">'), text('%PDF-1.7'), 'ffd8ffe0ffff', '']) {
      expect(imageFacts(bytes(other))).toBeNull();
    }
    expect(imageFacts(new Uint8Array(3))).toBeNull();
  });
});
