import { describe, expect, it } from 'vitest';
import { byteSize, inScheme, readableSource, sealed, withoutPixels } from './sealed-html';

describe('a mail in a frame', () => {
  it('looks as in the scheme asked for, whatever the browser prefers', () => {
    const html = '<style>@media (prefers-color-scheme:dark){a{}} @media ( prefers-color-scheme : light ){b{}}</style>';
    expect(inScheme(html, 'dark')).toBe('<style>@media (min-width:0){a{}} @media (max-width:0){b{}}</style>');
    expect(inScheme(html, 'light')).toBe('<style>@media (max-width:0){a{}} @media (min-width:0){b{}}</style>');
  });

  it('has our policy before anything of its own', () => {
    const document = sealed('<!DOCTYPE html PUBLIC "x"><script>1</script>');
    expect(document.indexOf('Content-Security-Policy')).toBeLessThan(document.indexOf('<script>'));
    expect(document.match(/<!doctype/gi)).toHaveLength(1);
  });

  it('reports no opening', () => {
    expect(withoutPixels('<p>a</p><img src="http://x/api/t/o/abc" width="1"><img src="/b.png">')).toBe(
      '<p>a</p><img src="/b.png">',
    );
  });

  it('is read line by line and weighed in bytes', () => {
    expect(readableSource('<table><tr><td>ü</td></tr></table>')).toBe('<table>\n<tr>\n<td>ü</td>\n</tr>\n</table>');
    expect(byteSize('ü')).toBe(2);
  });
});
