/**
 * The strip's segments in the one order used on every screen, in the terminal and in our emails. Their counts always
 * sum to the audience of a run, wave or step. `colour` repeats the tokens of app/globals.css for media without CSS.
 */
export const STRIP_SEGMENTS = [
  {
    key: 'accepted',
    label: 'Accepted',
    meaning: 'The provider took the message.',
    colour: { light: '#14877d', dark: '#27a195' },
    glyph: '█',
  },
  {
    key: 'failed',
    label: 'Failed',
    meaning: 'Definitely not sent; each has its reason.',
    colour: { light: '#cf3a30', dark: '#e5564b' },
    glyph: '▓',
  },
  {
    key: 'skipped',
    label: 'Skipped',
    meaning: 'Left out on purpose when its turn came; each has its reason.',
    colour: { light: '#8f8a7f', dark: '#837f76' },
    glyph: '▒',
  },
  {
    key: 'in_doubt',
    label: 'In doubt',
    meaning: 'Neither known as sent nor as not sent.',
    colour: { light: '#b8800f', dark: '#d99a1f' },
    glyph: '╱',
  },
  {
    key: 'cancelled',
    label: 'Cancelled',
    meaning: 'Stopped by a person before it was sent.',
    colour: { light: '#6a665e', dark: '#a19d93' },
    glyph: '▚',
  },
  {
    key: 'expired',
    label: 'Expired',
    meaning: 'Its send window passed before its turn came.',
    colour: { light: '#8f8a7f', dark: '#837f76' },
    glyph: '┆',
  },
  {
    key: 'waiting',
    label: 'Waiting',
    meaning: 'Not sent yet.',
    colour: { light: '#74839b', dark: '#71839f' },
    glyph: '░',
  },
] as const;

export type StripSegment = (typeof STRIP_SEGMENTS)[number];
export type StripKey = StripSegment['key'];
export type StripCounts = Record<StripKey, number>;

export const EMPTY_STRIP: StripCounts = {
  accepted: 0,
  failed: 0,
  skipped: 0,
  in_doubt: 0,
  cancelled: 0,
  expired: 0,
  waiting: 0,
};

/** The audience these counts account for. */
export function stripTotal(counts: StripCounts): number {
  return STRIP_SEGMENTS.reduce((sum, { key }) => sum + counts[key], 0);
}

/** Adds counts of waves or steps segment by segment. */
export function addStrips(...all: StripCounts[]): StripCounts {
  const sum = { ...EMPTY_STRIP };
  for (const counts of all) for (const { key } of STRIP_SEGMENTS) sum[key] += counts[key];
  return sum;
}

/** `1,912 accepted, 37 failed, 51 waiting; 2,000 in all`: the strip in words, zero counts left out. */
export function describeStrip(counts: StripCounts, locale = 'en'): string {
  const format = new Intl.NumberFormat(locale);
  const parts = STRIP_SEGMENTS.filter(({ key }) => counts[key] > 0).map(
    ({ key, label }) => `${format.format(counts[key])} ${label.toLowerCase()}`,
  );
  return parts.length === 0
    ? 'Nobody in the audience'
    : `${parts.join(', ')}; ${format.format(stripTotal(counts))} in all`;
}
