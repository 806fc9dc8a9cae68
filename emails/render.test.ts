import PostalMime from 'postal-mime';
import { beforeAll, describe, expect, it } from 'vitest';
import { emailTemplateSchema } from '@/lib/domain/template';
import { phoneLaunchEmail } from './phone-launch';
import { linkDestination, type PreparedEmail, previewEmail, renderParts } from './render';
import { STARTERS } from './starters';
import { expectWireForm, messageFor, mimeTextOf, OPTIONS, preparedOf, VALUES } from './testing';

describe('a message', () => {
  let prepared: PreparedEmail;
  beforeAll(async () => {
    prepared = await preparedOf(phoneLaunchEmail);
  });

  it('parses into exactly the parts a REST provider would be given', async () => {
    const message = messageFor({ ...VALUES, first_name: 'Zoë 😀 <b>&"\'' }, { toName: 'Zoë, "Z"' });
    const mime = mimeTextOf(prepared, message);
    expectWireForm(mime);
    const parsed = await PostalMime.parse(mime);
    const parts = renderParts(prepared, message);
    expect(parsed.html?.replace(/\n$/, '')).toBe(parts.html);
    expect(parsed.text?.replace(/\n$/, '')).toBe(parts.text);
    expect(parsed.subject).toBe(parts.subject);
    expect(parsed.from).toEqual({ address: 'news@example.com', name: 'Example & Co, Zürich' });
    expect(parsed.to).toEqual([{ address: 'ada@example.net', name: 'Zoë, "Z"' }]);
    expect(parsed.replyTo).toEqual([{ address: 'help@example.com', name: '' }]);
    expect(parsed.messageId).toBe('<dlv_1.sig@example.com>');
    expect(parsed.date).toBe('2026-03-01T09:05:07.000Z');
    expect(parsed.attachments).toEqual([]);
    const header = (key: string) => parsed.headers.filter((own) => own.key === key).map((own) => own.value);
    expect(header('list-unsubscribe')).toEqual(['<https://wb.example/unsubscribe/dlv_1.sig?a=1&b=2>']);
    expect(header('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
    expect(header('content-type')).toHaveLength(1);
    expect(parts.headers).toEqual({
      'List-Unsubscribe': '<https://wb.example/unsubscribe/dlv_1.sig?a=1&b=2>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
  });

  it('is the same bytes every time, from every preparation, whatever was rendered in between', async () => {
    const other = await preparedOf(phoneLaunchEmail);
    const first = mimeTextOf(prepared, messageFor(VALUES));
    mimeTextOf(prepared, messageFor({ ...VALUES, first_name: 'Bob' }, { clickBase: 'https://wb.example/other' }));
    expect(mimeTextOf(prepared, messageFor(VALUES))).toBe(first);
    expect(mimeTextOf(other, messageFor({ ...VALUES }))).toBe(first);
  });

  it('reads the same as its preview when nothing is tracked', async () => {
    const untracked = await preparedOf(phoneLaunchEmail, false);
    const links = { unsubscribeUrl: 'https://wb.example/u', preferencesUrl: 'https://wb.example/p' };
    const preview = await previewEmail(emailTemplateSchema.parse(phoneLaunchEmail), VALUES, { ...OPTIONS, ...links });
    const parsed = await PostalMime.parse(mimeTextOf(untracked, messageFor(VALUES, links)));
    expect(parsed.html?.replace(/\n$/, '')).toBe(preview.html);
    expect(parsed.subject).toBe(preview.subject);
  });

  it('counts clicks by index and leads each to its own address', async () => {
    const { compiled } = prepared;
    const { html, text } = renderParts(prepared, messageFor(VALUES, { clickBase: 'https://wb.example/c/tok' }));
    compiled.links.forEach((link, index) => {
      const destination = linkDestination(compiled, index, VALUES);
      expect(destination).toMatch(/^https:\/\//);
      if (html.includes(`href="https://wb.example/c/tok/${index}"`))
        expect(text).toContain(`https://wb.example/c/tok/${index}`);
      expect(link.label).not.toBe('');
    });
    expect(linkDestination(compiled, 1, VALUES)).toBe('https://shop.example.com/aurora-9?customer=C-1&src=launch');
    expect(linkDestination(compiled, 999, VALUES)).toBeNull();
    expect(html).not.toContain('href="https://shop.example.com');
    expect(html).toContain('href="https://wb.example/unsubscribe/dlv_1.sig?a=1&amp;b=2"');
    expect(html).toContain('<img src="https://wb.example/api/t/open/dlv_1.sig"');
  });

  it('leads straight to the destination when it has no click base, with no pixel', () => {
    const { html } = renderParts(prepared, messageFor(VALUES, { clickBase: undefined, openUrl: undefined }));
    expect(html).toContain('href="https://shop.example.com/aurora-9?customer=C-1&amp;src=launch"');
    expect(html).not.toContain('/api/t/open/');
  });

  it('shows each contact the branch that is meant for them', () => {
    const pro = renderParts(prepared, messageFor(VALUES));
    const basic = renderParts(prepared, messageFor({ ...VALUES, plan: 'Basic', device: '' }));
    expect([pro.text.includes('0 € today'), basic.text.includes('99 € today')]).toEqual([true, true]);
    expect(pro.html).not.toContain('99 € today');
    expect(basic.html).toContain('Trade in your old phone');
    const anonymous = renderParts(prepared, messageFor({}, { preferencesUrl: undefined }));
    expect(anonymous.text).toContain('Hi there');
    expect(anonymous.html).not.toContain('Preferences');
  });

  it('marks a seed copy in its subject and takes headers of the caller', async () => {
    const mime = mimeTextOf(
      prepared,
      messageFor(VALUES, { subjectPrefix: '[Seed] ', extraHeaders: { 'X-Run': 'run_1' } }),
    );
    const parsed = await PostalMime.parse(mime);
    expect(parsed.subject).toMatch(/^\[Seed\] Ada, the Aurora/);
    expect(parsed.headers.find(({ key }) => key === 'x-run')?.value).toBe('run_1');
  });
});

describe('the text of a template', () => {
  it('is text: markup, sentinels and tags in it stay what they are', async () => {
    const prepared = await preparedOf({
      subject: 'a & b <c>',
      blocks: [{ type: 'text', content: '<script>x</script> & \ue0000\ue001 **b**\n\n.dot\n..' }, { type: 'footer' }],
    });
    const { html, text } = renderParts(prepared, messageFor({}));
    expect(html).toContain('&lt;script&gt;x&lt;/script&gt; &amp; 0 <strong>b</strong>');
    expect(text).toContain('<script>x</script> & 0 *b*\n\n.dot\n..');
    expectWireForm(mimeTextOf(prepared, messageFor({})));
  });

  it('has nested conditions in blocks, sentences and links', async () => {
    const prepared = await preparedOf({
      subject: 'Hi',
      blocks: [
        {
          type: 'conditional',
          if: 'a',
          blocks: [
            {
              type: 'conditional',
              if: 'b',
              blocks: [{ type: 'text', content: 'AB {% if c %}**C**{% else %}no C{% endif %}' }],
            },
          ],
          otherwise: [
            {
              type: 'button',
              label: 'no A',
              url: '{% if b %}https://b.example{% else %}https://x.example/{{ c }}{% endif %}',
            },
          ],
        },
      ],
    });
    const textFor = (values: Record<string, unknown>) =>
      renderParts(prepared, messageFor(values, { clickBase: undefined }))
        .text.replace('Example & Co\n\n', '')
        .trim();
    expect(textFor({ a: 1, b: 1, c: 1 })).toBe('AB *C*');
    expect(textFor({ a: 1, b: 1 })).toBe('AB no C');
    expect(textFor({ a: 1 })).toBe('');
    expect(textFor({ b: 1 })).toBe('no A: https://b.example');
    expect(textFor({ c: 'z' })).toBe('no A: https://x.example/z');
  });
});

describe('starters', () => {
  it.each([...STARTERS.map(({ id, email }) => [id, email] as const), ['phone-launch', phoneLaunchEmail] as const])(
    '%s renders for a full and for an empty contact, in HTML and text',
    async (_id, template) => {
      const prepared = await preparedOf(template);
      for (const values of [VALUES, {}]) {
        const mime = mimeTextOf(prepared, messageFor(values));
        expectWireForm(mime);
        const { html = '', text = '' } = await PostalMime.parse(mime);
        expect(html).toMatch(/^<!DOCTYPE html/);
        expect(html).not.toMatch(/undefined|\[object|[\ue000\ue001]|\{\{|\{%|<!-- -->/);
        expect(text.length).toBeGreaterThan(200);
        expect(text).toContain('Unsubscribe (https://wb.example/unsubscribe/dlv_1.sig?a=1&b=2)');
        expect(text).toContain('1 Main “Street”');
      }
    },
  );
});
