import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';

const shape = z.tuple([z.iso.datetime(), z.string()]);
const position: [string, string] = ['2026-03-01T10:00:00.000Z', 'con_ü✓'];

describe('a cursor', () => {
  it('comes back as the position it was made of', () => {
    const cursor = encodeCursor(position);
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(decodeCursor(shape, cursor)).toEqual(position);
  });

  it('is refused when damaged, padded, spaced or re-encoded', () => {
    const cursor = encodeCursor(position);
    const spaced = btoa(`[ "2026-03-01T10:00:00.000Z","a"]`);
    for (const bad of ['', 'x', `${cursor}=`, `${cursor}A`, cursor.slice(1), ` ${cursor}`, spaced, 'A'.repeat(5000)]) {
      expect(() => decodeCursor(shape, bad), bad).toThrow(/page link/);
    }
  });

  it('is refused by a list that sorts by something else', () => {
    expect(() => decodeCursor(shape, encodeCursor([1, 'a']))).toThrow();
    expect(() => decodeCursor(shape, encodeCursor(['2026-03-01T10:00:00.000Z']))).toThrow();
  });
});
