import { describe, expect, it } from 'vitest';
import { type AuthenticatedKey, KnownKeys } from '@/lib/features/api-keys/known-keys';

const keyOf = (expiresAt: Date | null = null): AuthenticatedKey => ({
  id: 'key_1',
  workspaceId: 'wsp_a',
  name: 'CRM',
  live: true,
  scopes: ['runs.read'],
  expiresAt,
});

describe('what a process believes of a key', () => {
  it('is read once for many requests, and anew after a second', async () => {
    let [nowMs, reads] = [5000, 0];
    const keys = new KnownKeys(() => nowMs);
    const read = async () => {
      reads++;
      return keyOf();
    };
    const ask = () => keys.find('secret', read);
    for (const atMs of [5000, 5400, 5999]) {
      nowMs = atMs;
      await ask();
    }
    expect(reads).toBe(1);
    nowMs = 6000;
    await ask();
    expect(reads).toBe(2);
  });

  it('ends with the key, and is nothing for a secret that was refused', async () => {
    let [nowMs, reads] = [5000, 0];
    const keys = new KnownKeys(() => nowMs);
    await keys.find('short', async () => keyOf(new Date(5300)));
    nowMs = 5300;
    expect(await keys.find('short', async () => null)).toBeNull();
    const readNothing = async () => {
      reads++;
      return null;
    };
    for (let n = 0; n < 3; n++) await keys.find('wrong', readNothing);
    expect(reads).toBe(3);
  });

  it('is forgotten at once when told to, also what was being read meanwhile', async () => {
    const keys = new KnownKeys(() => 5000);
    let answer: (key: AuthenticatedKey) => void = () => undefined;
    const reading = keys.find('secret', () => new Promise((resolve) => (answer = resolve)));
    keys.forget();
    answer(keyOf());
    await reading;
    expect(await keys.find('secret', async () => null)).toBeNull();
  });
});
