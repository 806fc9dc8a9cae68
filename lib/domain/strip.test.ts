import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { addStrips, describeStrip, EMPTY_STRIP, STRIP_SEGMENTS, stripTotal } from './strip';

const counts = { ...EMPTY_STRIP, accepted: 1912, failed: 37, in_doubt: 3, waiting: 48 };

describe('the strip', () => {
  it('keeps one order of segments', () => {
    expect(STRIP_SEGMENTS.map(({ key }) => key)).toEqual([
      'accepted',
      'failed',
      'skipped',
      'in_doubt',
      'cancelled',
      'expired',
      'waiting',
    ]);
  });

  it('sums to the audience', () => {
    expect(stripTotal(counts)).toBe(2000);
    expect(stripTotal(EMPTY_STRIP)).toBe(0);
  });

  it('adds waves segment by segment', () => {
    expect(addStrips(counts, counts).failed).toBe(74);
    expect(stripTotal(addStrips(counts, counts, EMPTY_STRIP))).toBe(4000);
    expect(addStrips()).toEqual(EMPTY_STRIP);
  });

  it('says itself in words without zero counts', () => {
    expect(describeStrip(counts)).toBe('1,912 accepted, 37 failed, 3 in doubt, 48 waiting; 2,000 in all');
    expect(describeStrip(EMPTY_STRIP)).toBe('Nobody in the audience');
  });

  it('has the colours of the style sheet', () => {
    const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8');
    for (const { key, colour } of STRIP_SEGMENTS) {
      expect(css).toContain(`--${key.replace('_', '-')}: light-dark(${colour.light}, ${colour.dark});`);
    }
  });
});
