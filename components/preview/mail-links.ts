export interface MailLink {
  label: string;
  href: string;
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[String(name).toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function words(html: string): string {
  const alt = /\balt="([^"]*)"/i.exec(html)?.[1] ?? '';
  const text = decoded(html.replace(/<!--[\s\S]*?-->/g, '').replace(/<[^>]*>/g, ' '))
    .replace(/[\s\u200c\u2007\u00a0]+/g, ' ')
    .trim();
  return text || decoded(alt) || 'A picture';
}

/** Every web link of a mail with what it says, in order, each address once. */
export function mailLinks(html: string): MailLink[] {
  const found = new Map<string, MailLink>();
  for (const [, quoted = '', inner = ''] of html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi)) {
    const href = decoded(quoted).trim();
    if (/^https?:\/\//i.test(href) && URL.canParse(href) && !found.has(href))
      found.set(href, { href, label: words(inner) });
  }
  return [...found.values()];
}
