import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countSmsSegments } from '@/lib/domain/sms-segments';
import { splitSegments } from './sms-split';

describe('the parts of a text message', () => {
  it('are as many as are paid for, and together are the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '€', '{', 'é', 'ł', '😀', '日'), maxLength: 600 });
    fc.assert(
      fc.property(text, (message) => {
        const parts = splitSegments(message);
        expect(parts.join('')).toBe(message);
        if (message !== '') expect(parts).toHaveLength(countSmsSegments(message).segments);
      }),
    );
  });
});
