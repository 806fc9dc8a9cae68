import type { EmailTheme, TONES } from '@/lib/domain/template';

export type Tone = (typeof TONES)[number];

export const FONT_STACK: Record<EmailTheme['font'], string> = {
  sans: "Geist, 'Helvetica Neue', Helvetica, Arial, sans-serif",
  serif: "Georgia, 'Times New Roman', serif",
  system: "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Arial, sans-serif",
};

export const DARK = {
  background: '#10151c',
  surface: '#1a212b',
  tint: '#222b37',
  text: '#ece9e2',
  muted: '#aaa59b',
  rule: '#36404d',
};

/** The colours of one tone, and the class that lets the dark scheme replace them. */
export interface Palette {
  background: string;
  text: string;
  muted: string;
  link: string;
  rule: string;
  button: string;
  onButton: string;
  className: string;
}

export function paletteOf(theme: EmailTheme, tone: Tone = 'plain'): Palette {
  const { primary, onPrimary, surface, text, muted } = theme;
  if (tone === 'brand' || tone === 'dark') {
    const [ground, ink] = tone === 'brand' ? [primary, onPrimary] : [text, surface];
    const rule = mixColours(ink, ground, 0.3);
    const quiet = mixColours(ink, ground, 0.85);
    return {
      background: ground,
      text: ink,
      muted: quiet,
      link: ink,
      rule,
      button: ink,
      onButton: ground,
      className: 'fixed',
    };
  }
  const background = tone === 'tint' ? mixColours(primary, surface, 0.08) : surface;
  const rule = mixColours(text, surface, 0.14);
  return { background, text, muted, link: primary, rule, button: primary, onButton: onPrimary, className: tone };
}

/** `share` of `a` over `b`, both `#rrggbb`. */
export function mixColours(a: string, b: string, share: number): string {
  const channel = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => Math.round(channel(a, at) * share + channel(b, at) * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Rules for clients that read style sheets: dark scheme (Apple, Outlook.com's ogsc/ogsb) and narrow screens. */
export function styleSheet(theme: EmailTheme): string {
  const link = mixColours(theme.primary, '#ffffff', 0.5);
  const dark: [string, string][] = [
    ['.wb-page,.wb-page>table>tbody>tr>td', `background-color:${DARK.background}!important`],
    ['.wb-plain', `background-color:${DARK.surface}!important`],
    ['.wb-tint', `background-color:${DARK.tint}!important`],
    ['.wb-plain .wb-text,.wb-tint .wb-text', `color:${DARK.text}!important`],
    ['.wb-plain .wb-muted,.wb-tint .wb-muted,.wb-page .wb-head', `color:${DARK.muted}!important`],
    ['.wb-plain .wb-link,.wb-tint .wb-link', `color:${link}!important`],
    ['.wb-plain .wb-rule,.wb-tint .wb-rule', `border-color:${DARK.rule}!important`],
  ];
  const scheme = dark.map(([selector, rule]) => `${selector}{${rule}}`).join('');
  const outlook = dark
    .map(([selector, rule]) => {
      const scope = rule.startsWith('background') ? '[data-ogsb]' : '[data-ogsc]';
      return `${selector
        .split(',')
        .map((one) => `${scope} ${one}`)
        .join(',')}{${rule}}`;
    })
    .join('');
  const narrow =
    '.wb-stack{display:block!important;width:100%!important;box-sizing:border-box;padding:0 0 10px!important}.wb-pad{padding-left:20px!important;padding-right:20px!important}.wb-h1{font-size:26px!important;line-height:32px!important}';
  return `:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${scheme}}${outlook}@media (max-width:620px){${narrow}}`;
}
