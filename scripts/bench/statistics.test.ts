import { describe, expect, it } from 'vitest';
import { figureLine, figuresOf, median } from './statistics';

const round = (value: number, floor: number) => [{ what: 'email', unit: 'messages/s', value, floor }];

describe('the figures of a bench', () => {
  it('are medians over the rounds, each ratio against the floor of its own round', () => {
    const [figure] = figuresOf([round(50, 100), round(90, 300), round(80, 100)]);
    expect(figure).toMatchObject({ rounds: 3, median: 80, min: 50, max: 90, floor: 100, ratio: 0.5 });
  });

  it('do without a floor where there is none', () => {
    const [figure] = figuresOf([[{ what: 'rss', unit: 'MB', value: 120 }]]);
    expect(figure).toMatchObject({ floor: null, ratio: null });
    expect(figure && figureLine(figure)).toContain('120 MB  (120 to 120)');
  });

  it('take the middle of two', () => {
    expect(median([4, 1])).toBe(2.5);
  });
});
