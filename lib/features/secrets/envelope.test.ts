import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openSecret, rewrapSecret, type SecretPlace, sealSecret } from '@/lib/features/secrets/envelope';

vi.mock('@/lib/env', () => ({ env: () => secrets }));
const secrets = { WAYBILL_SECRET: '', WAYBILL_SECRET_PREVIOUS: undefined as string | undefined };
const OLD = 'old-secret-'.repeat(4);
const NEW = 'new-secret-'.repeat(4);
const place: SecretPlace = { workspaceId: 'wsp_1', table: 'provider_accounts', column: 'secrets', id: 'pac_1' };

describe('a sealed secret', () => {
  beforeEach(() => Object.assign(secrets, { WAYBILL_SECRET: OLD, WAYBILL_SECRET_PREVIOUS: undefined }));

  it('opens for the row it was closed for, also after a trip through JSON', () => {
    const stored = JSON.parse(JSON.stringify(sealSecret(place, 're_K3y ✓')));
    expect(openSecret(place, stored)).toBe('re_K3y ✓');
    expect(JSON.stringify(stored)).not.toContain('re_K3y');
  });

  it('is different each time, so that equal secrets cannot be told', () => {
    expect(sealSecret(place, 'same').text).not.toBe(sealSecret(place, 'same').text);
  });

  it('does not open in another row, column, table or workspace', () => {
    const sealed = sealSecret(place, 'secret');
    for (const other of [{ id: 'pac_2' }, { column: 'config' }, { table: 'webhooks' }, { workspaceId: 'wsp_2' }]) {
      expect(() => openSecret({ ...place, ...other }, sealed)).toThrow(/moved here from another record/);
    }
  });

  it('does not open when its key is taken from another row', () => {
    const other = { ...place, id: 'pac_2' };
    const [mine, theirs] = [sealSecret(place, 'mine'), sealSecret(other, 'theirs')];
    expect(() => openSecret(place, { ...theirs, key: mine.key })).toThrow();
    expect(() => openSecret(place, { ...mine, text: theirs.text })).toThrow();
  });

  it('does not open when any byte was changed or cut off', () => {
    const sealed = sealSecret(place, 'secret');
    for (const field of ['key', 'text'] as const) {
      const bytes = Buffer.from(sealed[field], 'base64url');
      for (let at = 0; at < bytes.length; at++) {
        const bent = Buffer.from(bytes);
        bent.writeUInt8(bent.readUInt8(at) ^ 1, at);
        expect(() => openSecret(place, { ...sealed, [field]: bent.toString('base64url') })).toThrow();
      }
      expect(() => openSecret(place, { ...sealed, [field]: '' })).toThrow();
      expect(() => openSecret(place, { ...sealed, [field]: bytes.subarray(0, -1).toString('base64url') })).toThrow();
    }
    for (const garbage of [null, 'x', {}, { ...sealed, v: 2 }]) expect(() => openSecret(place, garbage)).toThrow();
  });

  it('is closed anew under a new installation secret without touching its text', () => {
    const sealed = sealSecret(place, 'secret');
    expect(rewrapSecret(place, sealed)).toBeNull();
    Object.assign(secrets, { WAYBILL_SECRET: NEW, WAYBILL_SECRET_PREVIOUS: OLD });
    expect(openSecret(place, sealed)).toBe('secret');
    const rewrapped = rewrapSecret(place, sealed);
    expect(rewrapped?.text).toBe(sealed.text);
    secrets.WAYBILL_SECRET_PREVIOUS = undefined;
    expect(openSecret(place, rewrapped)).toBe('secret');
    expect(() => openSecret(place, sealed)).toThrow(/WAYBILL_SECRET_PREVIOUS/);
  });
});
