import fc from 'fast-check';
import { getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { normalisePhone } from '@/lib/features/suppressions/normalise-phone';

const digit = fc.constantFrom(...'0123456789');
const anyWriting = fc
  .tuple(
    fc.constantFrom('', '+', '+65', '65', '+1', '0', '00', '+44', '8', '9', '1'),
    fc.array(digit, { minLength: 4, maxLength: 12 }),
  )
  .chain(([start, rest]) =>
    fc.constantFrom(
      start + rest.join(''),
      `${start} ${rest.join('')}`,
      `(${start}) ${rest.slice(0, 4).join('')}-${rest.slice(4).join('')}`,
    ),
  );

const written = anyWriting.filter((text) => !text.startsWith('(+'));

describe('a phone number', () => {
  it('is the one libphonenumber finds, whichever way is taken', () => {
    fc.assert(
      fc.property(written, fc.constantFrom(...getCountries()), (text, country) => {
        const slow = parsePhoneNumberFromString(text.trim(), { defaultCountry: country, extract: false });
        const expected = slow?.isValid() ? slow.number : null;
        const found = normalisePhone(text, country);
        expect(found.ok ? found.phone : null).toBe(expected);
      }),
      { numRuns: 20_000 },
    );
  }, 30_000);

  it.each([
    ['+658386 6686', '+6583866686'],
    ['6588257132', '+6588257132'],
    ['9629 7253', '+6596297253'],
    ['（65）91234567', '+6591234567'],
    ['+1 (212) 555-2368', '+12125552368'],
    ['(+65) 9470-0036', '+6594700036'],
    ['(+44) 7911 123456', '+447911123456'],
  ])('%s is %s in Singapore', (text, phone) => {
    expect(normalisePhone(text, 'SG')).toEqual({ ok: true, phone });
  });

  it.each([
    ['12', 'phone_invalid'],
    ['+65 1234', 'phone_invalid'],
    ['abc', 'phone_invalid'],
    ['+6591234567890123', 'phone_invalid'],
    ['91234567 / 98765432', 'phone_multiple'],
    ['91234567\n98765432', 'phone_multiple'],
    ['', 'phone_invalid'],
  ])('%s is refused as %s', (text, code) => {
    expect(normalisePhone(text, 'SG')).toMatchObject({ ok: false, code });
    expect(normalisePhone(text, undefined)).toMatchObject({ ok: false, code });
    expect(normalisePhone(text, 'XX')).toMatchObject({ ok: false, code });
  });
});
