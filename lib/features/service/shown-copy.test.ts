import { describe, expect, it } from 'vitest';
import { shownCopy } from '@/lib/features/service/shown-copy';

describe('the copy that is shown', () => {
  it.each([
    ['<a href="https://x.test/api/t/c/1.a/0" target="_blank">Look</a>', '<a>Look</a>'],
    ["<a class='b' href='https://x.test'>Look</a>", "<a class='b'>Look</a>"],
    ['<a HREF=https://x.test>Look</a>', '<a>Look</a>'],
    ['<img width="1" src="https://x.test/api/t/o/1.abc" alt="">', ''],
    ["<img src='https://x.test/api/t/o/1.abc'>", ''],
    ['<base href="https://x.test">', ''],
    ['<link rel="prefetch" href="https://x.test">', ''],
    ['<meta http-equiv="refresh" content="0;url=https://x.test">', ''],
    ['<form action="https://x.test">', '<form>'],
  ])('of %s is %s', (html, shown) => {
    expect(shownCopy(html)).toBe(shown);
  });

  it('keeps everything else', () => {
    const html = '<meta charset="utf-8"><p style="color:red">1 &lt; 2 <img src="https://x.test/logo.png"></p>';
    expect(shownCopy(html)).toBe(html);
  });
});
