import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { ContentError } from '@/lib/domain/content-error';
import { assertHttpUrl, extraHeaderLines, mailbox, messageIdHeader, plainMailbox, textHeader } from './headers';

const parse = (header: string) => PostalMime.parse(`${header}\r\n\r\nbody\r\n`);

describe('header text', () => {
  it('comes back as it was, folded within 76', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }), async (value) => {
        const subject = value
          .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
          .toWellFormed()
          .trim();
        fc.pre(subject !== '' && !subject.includes('=?'));
        const header = textHeader('Subject', subject);
        for (const line of header.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
        expect((await parse(header)).subject).toBe(subject);
      }),
      { numRuns: 200 },
    );
  });

  it('folds long plain text at spaces and encodes words that do not fit a line', () => {
    const folded = textHeader('Subject', 'word '.repeat(40).trim());
    expect(folded).toMatch(/^Subject: word word/);
    expect(folded.replaceAll('\r\n', '')).toBe(`Subject: ${'word '.repeat(40).trim()}`);
    expect(textHeader('Subject', 'x'.repeat(100))).toMatch(/^Subject: =\?UTF-8\?B\?/);
    expect(textHeader('Subject', 'looks =?UTF-8?B?eA==?= coded')).not.toContain('coded');
  });

  it.each(['\r\nBcc: a@b.example', '\nBcc: a@b.example', '\rBcc: x', 'nul\u0000', '\u2028x', '\u0085x', '\u000bx'])(
    'refuses %j',
    (value) => {
      expect(() => textHeader('Subject', `Hi${value}`)).toThrow(ContentError);
      expect(() => mailbox('To', 'a@b.example', `Hi${value}`)).toThrow(ContentError);
      expect(() => plainMailbox('To', 'a@b.example', `Hi${value}`)).toThrow(ContentError);
      expect(() => mailbox('To', `a@b.example${value}`)).toThrow(ContentError);
      expect(() => extraHeaderLines({ 'X-Note': `Hi${value}` })).toThrow(ContentError);
      expect(() => extraHeaderLines({ [`X-Note${value}`]: 'Hi' })).toThrow(ContentError);
      expect(() => messageIdHeader(`a@b.example${value}`)).toThrow(ContentError);
      expect(() => assertHttpUrl(`https://e.com/${value}`, 'link')).toThrow(ContentError);
    },
  );
});

describe('mailboxes', () => {
  it.each([
    'Ada',
    'Müller, Jörg',
    'O’Neil "Al" \\ <x@y>',
    'a@b, c@d',
    '日本語'.repeat(20),
    'x'.repeat(90),
    '(comment)',
    '',
    'a  b',
  ])('carries the name %j and one address', async (name) => {
    const header = mailbox('To', 'first.last+tag@mail.example.com', name);
    for (const line of header.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76);
    const { to } = await parse(header);
    expect(to).toEqual([{ address: 'first.last+tag@mail.example.com', name: name.trim() }]);
  });

  it.each([
    '',
    'a',
    'a@',
    '@b',
    'a b@c.example',
    'a@b@c',
    'a,b@c.example',
    '<a@b.example>',
    'a@b.example>',
    'ä@b.example',
    'a@-b.example',
    'a..b@c.example',
    `${'x'.repeat(65)}@b.example`,
  ])('refuses the address %j', (address) => {
    expect(() => mailbox('To', address)).toThrow(ContentError);
    expect(() => plainMailbox('To', address)).toThrow(ContentError);
  });
});

describe('headers of the caller', () => {
  it('cannot replace ours', () => {
    expect(extraHeaderLines({ 'X-Campaign': 'Frühling' })).toEqual(['X-Campaign: =?UTF-8?B?RnLDvGhsaW5n?=']);
    for (const name of [
      'From',
      'to',
      'BCC',
      'Content-Type',
      'content-transfer-encoding',
      'List-Unsubscribe',
      'Message-ID',
      'X Y',
      'X:',
      '',
    ]) {
      expect(() => extraHeaderLines({ [name]: 'x' }), name).toThrow(ContentError);
    }
  });
});
