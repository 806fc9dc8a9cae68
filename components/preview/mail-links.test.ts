import { describe, expect, it } from 'vitest';
import { mailLinks } from './mail-links';

describe('the links of a mail', () => {
  it('are web addresses with what they say, each once', () => {
    const html = `<a href="https://a.example/?x=1&amp;y=2" style="x"><b>See</b> it</a> <a href="https://a.example/?x=1&amp;y=2">again</a>
      <a href="javascript:alert(1)">bad</a> <a href="data:text/html,x">worse</a> <a class="x" href="https://b.example/"><img alt="A phone" src="x"></a>`;
    expect(mailLinks(html)).toEqual([
      { href: 'https://a.example/?x=1&y=2', label: 'See it' },
      { href: 'https://b.example/', label: 'A phone' },
    ]);
  });
});
