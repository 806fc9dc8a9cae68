import { describe, expect, it } from 'vitest';
import { EMPTY_STRIP } from '@/lib/domain/strip';
import { renderSystemEmail } from './render';
import type { SystemEmailName, SystemEmailProps } from './write';

const url = 'http://localhost:3000/there?a=1&b=2';
const counts = { ...EMPTY_STRIP, accepted: 1912, failed: 37, in_doubt: 4, waiting: 47 };
const PROPS: { [N in SystemEmailName]: SystemEmailProps<N> } = {
  'sign-in': { url, email: 'ada@example.com', validMinutes: 15 },
  invitation: { workspaceName: 'Nordtel', inviterName: 'Ada', role: 'Marketer', url, validUntil: '3 March, 10:00' },
  receipt: {
    workspaceName: 'Nordtel',
    campaignName: 'Launch',
    runLabel: 'run 1',
    stamp: 'Completed with issues',
    headline: '37 were not sent.',
    counts,
    steps: [
      { name: 'Email', counts },
      { name: 'SMS', counts },
    ],
    listTotal: 2100,
    excluded: [{ label: 'unsubscribed', count: 100 }],
    facts: [{ label: 'Started', value: '10:00' }],
    runUrl: url,
  },
  alarm: {
    workspaceName: 'Nordtel',
    title: 'Sending is paused',
    happened: 'The provider refused our key.',
    kept: 'Nothing was lost; 1,204 are waiting.',
    toDo: 'Enter a new key.',
    facts: [{ label: 'Provider', value: 'Resend' }],
    action: { label: 'Open settings', url },
  },
  'account-notice': {
    email: 'ada@example.com',
    title: 'Two-factor sign-in is on',
    happened: 'From now on you also need a code.',
    toDo: 'Was that not you? Change your password.',
    url,
  },
  unsubscribed: { senderName: 'Nordtel', email: 'ada@example.com', listName: 'News', preferencesUrl: url },
};

describe('system emails', () => {
  it.each(Object.keys(PROPS) as SystemEmailName[])(
    '%s has a subject, markup and the same in plain text',
    async (name) => {
      const { subject, html, text } = await renderSystemEmail(name, PROPS[name]);
      expect(subject).toMatch(/^\S.{5,}\S$/);
      expect(html).toContain('prefers-color-scheme:dark');
      expect(html).toContain('href="http://localhost:3000/there?a=1&amp;b=2"');
      expect(text).toContain(url);
      expect(text).not.toMatch(/<\/?[a-z]|undefined/);
    },
  );

  it('is dark only where the reader is in the dark', async () => {
    const { html } = await renderSystemEmail('receipt', PROPS.receipt);
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const outside = style.replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g, '').replaceAll('&gt;', '>');
    const selectors = [...outside.matchAll(/([^{}]+)\{[^{}]*!important/g)].flatMap(([, list = '']) => list.split(','));
    expect(selectors.length).toBeGreaterThan(5);
    expect(selectors.filter((one) => !one.trim().startsWith('[data-ogs'))).toEqual([]);
  });

  it('escapes what people typed and keeps line breaks out of the subject', async () => {
    const { subject, html } = await renderSystemEmail('invitation', {
      ...PROPS.invitation,
      inviterName: '<b>Eve\r\nBcc: x',
    });
    expect(subject).toBe('<b>Eve Bcc: x invites you to Nordtel');
    expect(html).not.toContain('<b>Eve');
  });

  it('refuses addresses that are not http', async () => {
    await expect(renderSystemEmail('sign-in', { ...PROPS['sign-in'], url: 'javascript:alert(1)' })).rejects.toThrow();
  });
});

describe('the receipt', () => {
  it('draws one cell for every segment that has somebody and shows numbers that add up', async () => {
    const { subject, html, text } = await renderSystemEmail('receipt', PROPS.receipt);
    expect(subject).toBe('Launch, run 1: 1,912 accepted, 37 failed, 4 in doubt, 47 waiting; 2,000 in all');
    expect(html.match(/title="[^"]+: [\d,]+"/g)).toHaveLength(3 * 4);
    expect(text).toContain(
      'Accepted    1,912\nFailed         37\nIn doubt        4\nWaiting        47\nAudience  = 2,000',
    );
    expect(text).not.toContain('do not add up');
  });

  it('says so when they do not', async () => {
    const { html, text } = await renderSystemEmail('receipt', { ...PROPS.receipt, listTotal: 2103 });
    expect(html).toContain('3 contacts are not accounted for');
    expect(text).toContain('3 contacts are not accounted for');
  });
});
