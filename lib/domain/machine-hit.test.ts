import { describe, expect, it } from 'vitest';
import { hitBy } from './machine-hit';

const accepted = new Date('2026-05-03T10:04:00Z');
const after = (ms: number) => new Date(accepted.getTime() + ms);
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15';

describe('an opening', () => {
  it.each([
    ['Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)', 3_600_000, 'unknown'],
    ['Mozilla/5.0 (via ggpht.com GoogleImageProxy)', 1000, 'machine'],
    ['Mozilla/5.0', 3_600_000, 'machine'],
    ['Barracuda Sentinel (EE)', 3_600_000, 'machine'],
    [PHONE, 1000, 'machine'],
    [PHONE, 60_000, 'person'],
    ['', 60_000, 'unknown'],
    [null, 1000, 'unknown'],
  ] as const)('by %s after %i ms is by a %s', (userAgent, ms, by) => {
    expect(hitBy({ userAgent, at: after(ms) }, accepted)).toBe(by);
  });

  it('of a message that nobody is known to have accepted is judged by its agent alone', () => {
    expect(hitBy({ userAgent: PHONE, at: accepted }, null)).toBe('person');
  });
});
