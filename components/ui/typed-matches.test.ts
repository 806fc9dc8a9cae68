import { describe, expect, it } from 'vitest';
import { typedMatches } from './typed-matches';

describe('a typed confirmation', () => {
  it('takes a number however it is grouped', () => {
    for (const typed of ['1984', '1,984', '1.984', ' 1 984 ', '1’984']) expect(typedMatches(typed, '1984')).toBe(true);
  });

  it('takes no other number, and not nothing', () => {
    for (const typed of ['', ' ', ',', '198', '19840', '1984x', '-1984'])
      expect(typedMatches(typed, '1984')).toBe(false);
    expect(typedMatches('', '')).toBe(false);
  });

  it('takes words only as they are', () => {
    expect(typedMatches('delete', 'delete')).toBe(true);
    expect(typedMatches('Delete', 'delete')).toBe(false);
  });
});
