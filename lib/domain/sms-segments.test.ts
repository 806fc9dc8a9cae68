import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentError } from './content-error';
import { compileSms, countSmsSegments, renderSms, suggestGsm, transliterateSms } from './sms-segments';

const GSM_TABLE =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

describe('segments', () => {
  it('knows the 127 characters of the GSM alphabet and the ten of its extension', () => {
    expect([...GSM_TABLE]).toHaveLength(127);
    expect(countSmsSegments(GSM_TABLE)).toMatchObject({ encoding: 'GSM-7', units: 127, segments: 1, nonGsm: [] });
    expect(countSmsSegments('\f^{}\\[~]|€')).toMatchObject({ encoding: 'GSM-7', units: 20 });
  });

  it.each(['ç', 'ê', 'ł', '’', '–', '…', '`', '\t', '“', '😀', 'я', '\u00a0'])(
    'counts a text with %j as UCS-2',
    (char) => {
      expect(countSmsSegments(`a${char}`)).toMatchObject({ encoding: 'UCS-2', nonGsm: [char] });
    },
  );

  it.each([
    ['', 0, 160],
    ['a'.repeat(160), 1, 0],
    ['a'.repeat(161), 2, 145],
    ['a'.repeat(306), 2, 0],
    ['a'.repeat(307), 3, 152],
    ['€'.repeat(80), 1, 0],
    ['€'.repeat(81), 2, 143],
    [`${'a'.repeat(152)}€${'a'.repeat(10)}`, 2, 141],
    ['я'.repeat(70), 1, 0],
    ['я'.repeat(71), 2, 63],
    ['я'.repeat(134), 2, 0],
    ['я'.repeat(135), 3, 66],
    ['😀'.repeat(35), 1, 0],
    [`${'я'.repeat(66)}😀яяя`, 2, 62],
  ])('cuts %j into %i with %i left', (text, segments, unitsLeft) => {
    expect(countSmsSegments(text)).toMatchObject({ segments, unitsLeft });
  });

  it('suggests look-alikes only where they bring the text down to GSM-7', () => {
    expect(suggestGsm('It’s – “new”…')).toEqual([
      { from: '’', to: "'" },
      { from: '–', to: '-' },
      { from: '“', to: '"' },
      { from: '”', to: '"' },
      { from: '…', to: '...' },
    ]);
    expect(suggestGsm('It’s 😀')).toEqual([]);
    expect(suggestGsm('plain')).toEqual([]);
    expect(transliterateSms('Łódź, çà ê')).toBe('Lodz, cà e');
  });

  it('never makes a text with more segments by transliterating one it suggests to', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '’', '…', '™', 'ñ', '€', ' ') }), (text) => {
        if (suggestGsm(text).length === 0) return;
        expect(countSmsSegments(transliterateSms(text)).segments).toBeLessThanOrEqual(countSmsSegments(text).segments);
      }),
    );
  });
});

describe('rendering', () => {
  const compiled = compileSms('{{ first_name | fallback: "Hi" }}, your code is ready. {{ unsubscribe_url }}');

  it('fills values and counts what is sent, the same every time, also after a trip through the database', () => {
    const stored = JSON.parse(JSON.stringify(compiled));
    const reserved = { unsubscribe_url: 'https://e.co/u' };
    const expected = { text: 'Zoë, your code is ready. https://e.co/u', segments: 1, encoding: 'UCS-2' };
    expect(renderSms(compiled, { first_name: 'Zoë' }, reserved)).toEqual(expected);
    expect(renderSms(stored, { first_name: 'Zoë' }, reserved)).toEqual(expected);
  });

  it('knows the workspace, given beside the values or among them', () => {
    const named = compileSms('{{ workspace.name }}: hi');
    expect(renderSms(named, {}, { 'workspace.name': 'Nordtel' }).text).toBe('Nordtel: hi');
    expect(renderSms(named, { workspace: { name: 'Nordtel' } }).text).toBe('Nordtel: hi');
  });

  it('keeps values inert and on one line', () => {
    const { text } = renderSms(compileSms('{{ a }}!'), { a: '{{ b }}\r\n\u0000line', b: 'x' });
    expect(text).toBe('{{ b }} line!');
  });

  it('fails the one contact whose message would be empty or endless', () => {
    expect(() => renderSms(compileSms('{{ a }}'), {})).toThrow(ContentError);
    expect(() => renderSms(compileSms('{{ a }}'), { a: 'x'.repeat(1601) })).toThrow(ContentError);
  });
});
