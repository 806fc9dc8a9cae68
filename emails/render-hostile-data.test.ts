import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, it } from 'vitest';
import { ContentError } from '@/lib/domain/content-error';
import type { EmailTemplateInput } from '@/lib/domain/template';
import { MimeBuffer } from './mime/mime-buffer';
import { type PreparedEmail, putJson, renderParts } from './render';
import { expectWireForm, messageFor, mimeTextOf, preparedOf } from './testing';

describe('data of a contact', () => {
  const template: EmailTemplateInput = {
    subject: 'For {{ v }}.',
    preheader: '{{ v }}',
    blocks: [
      { type: 'text', content: 'Hi **{{ v }}**, [{{ v }}](https://e.example/?q={{ v }})' },
      { type: 'image', src: 'https://e.example/{{ v }}.png', alt: '{{ v }}' },
      { type: 'button', label: '{{ v }}', url: 'https://e.example/{{ v }}' },
      { type: 'footer' },
    ],
  };
  let prepared: PreparedEmail;
  let neutral: string;
  beforeAll(async () => {
    prepared = await preparedOf(template);
    neutral = shapeOf(renderParts(prepared, messageFor({ v: 'x' })).html);
  });

  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x",
    '</title></style><b>',
    '&lt;b&gt; &amp;',
    '{{ 7*7 }}',
    '{{ email }}',
    '{% if true %}x{% endif %}',
    '**bold** [a](javascript:x)',
    '\ue0000\ue001',
    '.',
    '..\n.\n',
    '=3D=\r\n--=_waybill',
    'javascript:alert(1)',
    'x'.repeat(500),
    'ünïcödé 😀 \u202e\u0000\u0007',
    '\ud800',
  ])('%j changes words only: markup, links and MIME keep their shape', async (value) => {
    const message = messageFor({ v: value, email: 'SECRET' });
    const isHeaderSafe = !['\n', '\u0000'].some((control) => value.includes(control));
    if (!isHeaderSafe) {
      expect(() => renderParts(prepared, message)).toThrow(ContentError);
      expect(() => mimeTextOf(prepared, message)).toThrow(ContentError);
      return;
    }
    const parts = renderParts(prepared, message);
    const json = new MimeBuffer();
    const { html, text, ...head } = parts;
    expect(putJson(prepared, message, json)).toEqual(head);
    expect(`{${json.view()}}`).toBe(JSON.stringify({ html, text }));
    expect(shapeOf(parts.html)).toBe(neutral);
    expect(parts.html).not.toContain('SECRET');
    expect(parts.html).not.toMatch(/49/);
    const mime = mimeTextOf(prepared, message);
    expectWireForm(mime);
    const parsed = await PostalMime.parse(mime);
    expect(parsed.html?.replace(/\n$/, '')).toBe(parts.html);
    expect(parsed.headers.map(({ key }) => key).sort()).toEqual(HEADERS);
  });

  it('of any kind either renders within the wire form or fails that one contact', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.anything({ maxDepth: 1 })), (v) => {
        try {
          expectWireForm(mimeTextOf(prepared, messageFor({ v })));
          expect(shapeOf(renderParts(prepared, messageFor({ v })).html)).toBe(neutral);
        } catch (error) {
          expect(error).toBeInstanceOf(ContentError);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('that breaks one message leaves its neighbours alone', async () => {
    const whole = await preparedOf({
      subject: 'Hi',
      blocks: [{ type: 'button', label: 'Go', url: '{{ url }}' }, { type: 'footer' }],
    });
    const before = mimeTextOf(whole, messageFor({ url: 'https://ok.example/' }));
    for (const url of ['javascript:alert(1)', '', undefined, 'data:x']) {
      expect(() => mimeTextOf(whole, messageFor({ url }))).toThrow(ContentError);
      expect(() => renderParts(whole, messageFor({ url }))).toThrow(ContentError);
    }
    expect(mimeTextOf(whole, messageFor({ url: 'https://ok.example/' }))).toBe(before);
  });

  it('never makes an empty subject', async () => {
    const empty = await preparedOf({ subject: '{{ v }}', blocks: [] });
    expect(() => mimeTextOf(empty, messageFor({}))).toThrow(/subject would be empty/);
  });
});

/** Any UTF-16, well-formed or not. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 })
  .map((units) => String.fromCharCode(...units));

const HEADERS = [
  'content-type',
  'date',
  'from',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'message-id',
  'mime-version',
  'reply-to',
  'subject',
  'to',
];

/** Tags and attribute names without their texts. */
function shapeOf(html: string): string {
  return (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/"[^"]*"/g, '""')).join('');
}
