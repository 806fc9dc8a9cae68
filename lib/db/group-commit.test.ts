import { describe, expect, it } from 'vitest';
import { GroupCommit } from './group-commit';

describe('a group commit', () => {
  it('answers each caller with its own result, after the write that carried it', async () => {
    const groups: number[][] = [];
    const commit = new GroupCommit<number, string>(async (items) => {
      groups.push(items);
      return items.map((item) => `stored ${item}`);
    });
    const answers = await Promise.all(Array.from({ length: 1200 }, (_, n) => commit.add(n)));
    expect(answers).toEqual(Array.from({ length: 1200 }, (_, n) => `stored ${n}`));
    expect(groups.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 1200 }, (_, n) => n));
    expect(groups.every((group) => group.length <= 500)).toBe(true);
  });

  it('tells everybody in a group whose write failed, and nobody else', async () => {
    const commit = new GroupCommit<string, string>(
      async (items) => {
        if (items.includes('poison')) throw new Error('disk full');
        return items;
      },
      { maxItems: 2 },
    );
    const settled = await Promise.allSettled(['a', 'poison', 'b', 'c'].map((item) => commit.add(item)));
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
    await expect(commit.add('later')).resolves.toBe('later');
  });

  it('never lets more groups write at once than it was told', async () => {
    let writing = 0;
    let most = 0;
    const commit = new GroupCommit<number, number>(
      async (items) => {
        most = Math.max(most, ++writing);
        await new Promise((resolve) => setImmediate(resolve));
        writing--;
        return items;
      },
      { maxItems: 5, maxInFlight: 2 },
    );
    await Promise.all(Array.from({ length: 200 }, (_, n) => commit.add(n)));
    expect(most).toBe(2);
  });
});
