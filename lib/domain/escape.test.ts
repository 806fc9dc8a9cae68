import { describe, expect, it } from 'vitest';
import { ContentError } from './content-error';
import { assertHeaderText, cleanText, escapeHtml, escapeUrlComponent, isAllowedUrl } from './escape';

describe('escaping', () => {
  it('takes from HTML every character that can end a text or a quoted attribute', () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe('&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;');
    expect(escapeHtml('plain €')).toBe('plain €');
  });

  it('leaves only unreserved characters in a URL component', () => {
    expect(escapeUrlComponent("a-z_~.!'()*/?#&=+ ü\ud800")).toBe(
      'a-z_~.%21%27%28%29%2A%2F%3F%23%26%3D%2B%20%C3%BC%EF%BF%BD',
    );
  });

  it('gives bodies LF line ends and no other control characters', () => {
    expect(cleanText('a\r\nb\rc\u2028d\u0085e\u0000\u0007\u007f\tf\ud800')).toBe('a\nb\nc\nd\ne\tf\ufffd');
  });

  it('refuses header text with any of them', () => {
    for (const control of ['\r', '\n', '\u0000', '\u0085', '\u2029', '\u007f']) {
      expect(() => assertHeaderText(`a${control}b`, 'Subject')).toThrow(ContentError);
    }
    expect(assertHeaderText('tab\tis fine', 'Subject')).toBe('tab\tis fine');
  });

  it('knows the four schemes a recipient may be sent to', () => {
    for (const url of ['https://a', 'HTTP://a', 'mailto:a@b', 'tel:+49']) expect(isAllowedUrl(url)).toBe(true);
    for (const url of ['javascript:x', ' https://a', 'https:a', 'https:///a', 'sms:1', 'data:x', '//a', ''])
      expect(isAllowedUrl(url)).toBe(false);
  });
});
