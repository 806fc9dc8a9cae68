import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ContentError } from './content-error';
import { compileMergeTags, compileTest, compileUrl, type MergeFrame } from './merge-tags-eval';
import { parseCondition, parseMergeTags } from './merge-tags-parse';

function frame(values: Record<string, unknown>, reserved: MergeFrame['reserved'] = {}): MergeFrame {
  return { values, reserved };
}
function fill(source: string, values: Record<string, unknown> = {}): string {
  return compileMergeTags(parseMergeTags(source), 'en', (text) => text)(frame(values));
}
function holds(source: string, values: Record<string, unknown> = {}): boolean {
  return compileTest(parseCondition(source))(frame(values));
}
describe('filling', () => {
  it('prints a field, its fallback, or nothing', () => {
    expect(fill('Hi {{ first_name }}!', { first_name: 'Ada' })).toBe('Hi Ada!');
    expect(fill('Hi {{ first_name | fallback: "there" }}!', {})).toBe('Hi there!');
    expect(fill('Hi {{ first_name | default: "there" }}!', { first_name: '  ' })).toBe('Hi there!');
    expect(fill('Hi {{ first_name }}!', { first_name: null })).toBe('Hi !');
  });

  it('reads a custom attribute by its key, with or without the attributes prefix, flat or nested', () => {
    for (const values of [{ plan: 'Pro' }, { attributes: { plan: 'Pro' } }]) {
      expect(fill('{{ plan }} {{ attributes.plan }} {{ attributes["plan"] }}', values)).toBe('Pro Pro Pro');
    }
    expect(fill('{{ address.city }}', { address: { city: 'Bonn' } })).toBe('Bonn');
  });

  it('applies filters in order', () => {
    expect(fill('{{ a | upper }}|{{ a | lower }}|{{ a | capitalize }}|{{ a | title }}', { a: 'éRIC von x' })).toBe(
      'ÉRIC VON X|éric von x|Éric von x|Éric Von X',
    );
    expect(fill('{{ a | truncate: 3 }} {{ a | truncate: 3, "" }}', { a: '😀😀😀😀' })).toBe('😀😀😀… 😀😀😀');
    expect(fill('{{ a | number }} {{ a | number: 2, "de" }} {{ a | round: 1 }}', { a: 1234.56 })).toBe(
      '1,234.56 1.234,56 1234.6',
    );
    expect(fill('{{ a | currency: "EUR" }}', { a: '39.5' })).toBe('€39.50');
    expect(fill('{{ a | times: 0.8 | plus: 1 | minus: 0.5 | number: 2 }}', { a: 10 })).toBe('8.50');
    expect(fill('{{ n }} {{ n | pluralize: "line", "lines" }}', { n: 1 })).toBe('1 line');
    expect(fill('{{ a | replace: ".", "$&" }} {{ a | prepend: "<" | append: ">" }}', { a: '1.2' })).toBe('1$&2 <1.2>');
    expect(fill('{{ a | url_encode }} {{ a | mask: 2 }}', { a: 'a b&c' })).toBe('a%20b%26c •••&c');
    expect(fill('{{ a | prepend: "No. " | fallback: "none" }}', {})).toBe('none');
  });

  it('keeps a bare date on its calendar day and shows a moment in the asked zone', () => {
    expect(fill('{{ d | date: "EEEE, d MMM yyyy" }}', { d: '2026-03-01' })).toBe('Sunday, 1 Mar 2026');
    expect(fill('{{ d | date: "d MMM yyyy", "America/New_York" }}', { d: '2026-03-01' })).toBe('1 Mar 2026');
    expect(fill('{{ d | date: "yyyy-MM-dd HH:mm", "Europe/Berlin" }}', { d: '2026-07-01T23:30:00Z' })).toBe(
      '2026-07-02 01:30',
    );
    expect(fill(`{{ d | date: "d. MMMM 'um' H:mm 'Uhr'", "UTC", "de" }}`, { d: '2026-03-01T09:05:00Z' })).toBe(
      '1. März um 9:05 Uhr',
    );
    expect(fill('{{ d | date: "h:mm a" }}', { d: '2026-03-01T00:05:00Z' })).toBe('12:05 AM');
  });

  it('fails the one contact whose value is no date or number, unless a fallback catches it', () => {
    expect(() => fill('{{ d | date: "d MMM" }}', { d: 'soon' })).toThrow(ContentError);
    expect(() => fill('{{ d | date: "d MMM" }}', { d: '2026-02-31' })).toThrow(/d of this contact is “2026-02-31”/);
    expect(() => fill('{{ n | currency: "EUR" }}', { n: 'a lot' })).toThrow(ContentError);
    expect(fill('{{ d | date: "d MMM" | fallback: "one day" }}', { d: 'soon' })).toBe('one day');
    expect(fill('{{ d | date: "d MMM" }}', {})).toBe('');
  });

  it('stops at 512 kB', () => {
    expect(() => fill('{{ a }}'.repeat(6), { a: 'x'.repeat(100_000) })).toThrow(ContentError);
  });
});

describe('conditions', () => {
  const values = {
    plan: 'Pro',
    spend: 49.5,
    text_spend: '49.5',
    zero: 0,
    no: false,
    empty: '',
    tags: ['vip', 'beta'],
    end: '2026-05-01',
  };

  it('takes the first branch that holds', () => {
    const source = '{% if plan == "Basic" %}a{% elsif plan == "Pro" %}b{% else %}c{% endif %}';
    expect([fill(source, { plan: 'Basic' }), fill(source, { plan: 'Pro' }), fill(source, {})]).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['plan == "Pro"', true],
    ['plan != "Pro"', false],
    ['missing == null', true],
    ['missing == ""', true],
    ['missing != "x"', true],
    ['spend > 40 and spend < 50', true],
    ['text_spend >= 49.5', true],
    ['text_spend == 49.5', true],
    ['missing > 1', false],
    ['missing < 1', false],
    ['end > "2026-04-30"', true],
    ['plan contains "r"', true],
    ['tags contains "vip"', true],
    ['tags contains "vi"', false],
    ['plan contains missing', false],
    ['zero', true],
    ['no', false],
    ['empty', false],
    ['missing', false],
    ['not missing and plan', true],
    ['not (plan or missing)', false],
    ['missing and missing or plan', true],
    ['plan or missing and missing', true],
    ['spend == true', false],
  ])('%s is %s', (source, expected) => {
    expect(holds(source, values)).toBe(expected);
  });
});

describe('values are inert', () => {
  const hostile = [
    '{{ 7*7 }}',
    '{{ email }}',
    '{% if true %}x{% endif %}',
    '{{',
    '%}',
    '#{7*7}',
    '<%= 7*7 %>',
    '\ue0000\ue001',
  ];

  it.each(hostile)('prints %s as it is', (value) => {
    expect(fill('a {{ v }} b', { v: value, email: 'secret' })).toBe(`a ${value} b`);
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'constructor.name',
    '__proto__.polluted',
    'first_name.length',
    'tags.length',
    'first_name.constructor',
  ])('finds nothing behind {{ %s }}', (path) => {
    expect(fill(`[{{ ${path} }}]`, { first_name: 'Ada', tags: ['a'] })).toBe('[]');
    expect(holds(path, { first_name: 'Ada', tags: ['a'] })).toBe(false);
  });

  it('reads an own key of such a name as data', () => {
    const values: Record<string, unknown> = JSON.parse('{"__proto__": {"x": "own"}, "constructor": "acme"}');
    expect(fill('{{ constructor }} {{ __proto__.x }}', values)).toBe('acme own');
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  it('never runs a getter', () => {
    const values = { address: Object.defineProperty({}, 'city', { get: () => 'ran', enumerable: true }) };
    expect(fill('[{{ address.city }}]', values)).toBe('[]');
  });

  it('fills any value with any text without throwing anything but ContentError', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.anything()), (values) => {
        try {
          fill('{{ a }}{{ a.b | upper }}{{ b | date: "d" }}{{ b | number }}{% if a > b %}{{ b }}{% endif %}', values);
        } catch (error) {
          expect(error).toBeInstanceOf(ContentError);
        }
      }),
    );
  });
});

describe('URLs', () => {
  const url = (source: string, values: Record<string, unknown>) =>
    compileUrl(parseMergeTags(source), 'en')(frame(values));

  it('encodes a value as one component, whatever it contains', () => {
    expect(url('https://e.com/{{ a }}/x?q={{ b }}', { a: '../../admin', b: 'x&y=1#z' })).toBe(
      'https://e.com/..%2F..%2Fadmin/x?q=x%26y%3D1%23z',
    );
    expect(url('https://e.com/?n={{ a }}', { a: '"><script>' })).toBe('https://e.com/?n=%22%3E%3Cscript%3E');
    expect(url('https://{{ a }}.e.com/', { a: 'evil.com/' })).toBe('https://evil.com%2F.e.com/');
  });

  it('takes a whole URL from data only with an allowed scheme', () => {
    expect(url('{{ a }}', { a: 'https://e.com/ü?a=b c' })).toBe('https://e.com/%C3%BC?a=b%20c');
    expect(url('{{ a }}', { a: 'tel:+49301234' })).toBe('tel:+49301234');
    expect(url('{{ a }}', { a: 'mailto:x@e.com' })).toBe('mailto:x@e.com');
    for (const bad of [
      'javascript:alert(1)',
      'JavaScript:alert(1)',
      ' java\nscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      '//e.com',
      '/path',
      '',
      'https://',
      'file:///etc',
    ]) {
      expect(() => url('{{ a }}', { a: bad }), bad).toThrow(ContentError);
    }
  });

  it('keeps what is encoded already and encodes what is not', () => {
    expect(url('https://e.com/a%20b/ü?x=[1]&y={{ a }}', { a: '1' })).toBe('https://e.com/a%20b/%C3%BC?x=[1]&y=1');
  });

  it('cannot be led to another scheme or host by data in a component', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
        const value = String.fromCharCode(...units);
        const parsed = new URL(url('https://e.com/p/{{ a }}?q={{ a }}', { a: value }));
        expect([parsed.protocol, parsed.host, parsed.hash]).toEqual(['https:', 'e.com', '']);
      }),
    );
  });
});
