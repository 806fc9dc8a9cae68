import { describe, expect, it } from 'vitest';
import { together } from '@/lib/db/together';

describe('branches of one transaction', () => {
  it('answer together, in their order', async () => {
    expect(await together([Promise.resolve(1), false, Promise.resolve('x')])).toEqual([1, false, 'x']);
  });

  it('fail with the first reason in their order, only when all have ended', async () => {
    let end: () => void = () => undefined;
    const ended: string[] = [];
    const slow = new Promise<never>((_, reject) => {
      end = () => reject(new Error('slow'));
    }).finally(() => ended.push('slow'));
    const quick = Promise.reject(new Error('quick')).finally(() => ended.push('quick'));
    const both = together([slow, quick]).catch((error: Error) => `${error.message} after ${ended.join(', ')}`);
    await quick.catch(() => undefined);
    end();
    expect(await both).toBe('slow after quick, slow');
  });
});
