import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { openSecret, sealSecret } from '@/lib/features/secrets/envelope';
import { rotateSecrets } from '@/lib/features/secrets/rotate-secrets';

vi.mock('@/lib/env', () => ({ env: () => secrets }));
const secrets = { WAYBILL_SECRET: 'old-'.repeat(10), WAYBILL_SECRET_PREVIOUS: undefined as string | undefined };
const account = (id: string, name: string) => ({
  workspaceId: 'wsp_a',
  table: 'provider_accounts',
  column: `secrets.${name}`,
  id,
});
const endpoint = { workspaceId: 'wsp_a', table: 'webhook_endpoints', column: 'secret', id: 'whk_1' };
let database: TestDatabase;

async function stored(table: 'provider_accounts' | 'webhook_endpoints', id: string) {
  const sql = pool();
  const column = sql(table === 'provider_accounts' ? 'secrets' : 'secret');
  const [row] = await sql`select ${column} as sealed from ${sql(table)} where id = ${id}`;
  return row?.sealed;
}

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  const sql = pool();
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a')`;
  const two = {
    apiKey: sealSecret(account('pac_1', 'apiKey'), 're_1'),
    webhook: sealSecret(account('pac_1', 'webhook'), 'whsec'),
  };
  const moved = { apiKey: sealSecret(account('pac_1', 'apiKey'), 're_1') };
  await sql`insert into provider_accounts (id, workspace_id, channel, kind, name, config, secrets) values
    ('pac_1', 'wsp_a', 'email', 'resend', 'One', '{}', ${JSON.stringify(two)}::text::jsonb),
    ('pac_2', 'wsp_a', 'email', 'resend', 'Moved', '{}', ${JSON.stringify(moved)}::text::jsonb),
    ('pac_3', 'wsp_a', 'email', 'capture', 'None', '{}', null)`;
  await sql`insert into webhook_endpoints (id, workspace_id, url, event_types, secret) values
    ('whk_1', 'wsp_a', 'https://example.com', '[]', ${JSON.stringify(sealSecret(endpoint, 'whsec_x'))}::text::jsonb)`;
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('rotating the secret of an installation', () => {
  it('changes nothing while there is nothing to change, and names what does not open', async () => {
    const rotation = await rotateSecrets();
    expect(rotation).toMatchObject({ rows: 3, rewrapped: 0 });
  });

  it('closes every secret under the new one, so that the old one can be forgotten', async () => {
    Object.assign(secrets, { WAYBILL_SECRET: 'new-'.repeat(10), WAYBILL_SECRET_PREVIOUS: 'old-'.repeat(10) });
    const rotation = await rotateSecrets();
    expect(rotation).toMatchObject({ rows: 3, rewrapped: 2, unopened: [{ table: 'provider_accounts', id: 'pac_2' }] });
    expect(await rotateSecrets()).toMatchObject({ rewrapped: 0 });
    secrets.WAYBILL_SECRET_PREVIOUS = undefined;
    const sealed = await stored('provider_accounts', 'pac_1');
    expect(openSecret(account('pac_1', 'apiKey'), sealed.apiKey)).toBe('re_1');
    expect(openSecret(account('pac_1', 'webhook'), sealed.webhook)).toBe('whsec');
    expect(openSecret(endpoint, await stored('webhook_endpoints', 'whk_1'))).toBe('whsec_x');
  });
});
