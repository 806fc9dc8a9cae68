import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { forgetAllExpired } from '@/lib/features/health/forget-expired';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
});
afterAll(async () => {
  await closePool();
  await database.drop();
});

describe('what is kept only for a while', () => {
  it('is forgotten when its time is over, and nothing else is', async () => {
    const sql = pool();
    await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a')`;
    await sql`insert into users (id, email, name) values ('usr_1', 'ada@example.com', 'Ada')`;
    await sql`
      insert into idempotency_keys (workspace_id, key, fingerprint, state, created_at) values
        ('wsp_a', 'new', 'f', 'done', now()), ('wsp_a', 'old', 'f', 'done', now() - interval '8 days')`;
    await sql`
      insert into token_buckets (key, tokens, refilled_at) values ('new', 1, now()), ('old', 1, now() - interval '8 days')`;
    await sql`
      insert into webhook_endpoints (id, workspace_id, url, event_types, secret) values ('whk_1', 'wsp_a', 'https://e.example', '[]', '{}')`;
    await sql`
      insert into webhook_messages (id, workspace_id, endpoint_id, type, payload, state, created_at)
      select id, 'wsp_a', 'whk_1', 'run.completed', '{}', state, now() - days * interval '1 day'
      from (values ('msg_1', 'sent', 1), ('msg_2', 'sent', 31), ('msg_3', 'queued', 31)) m(id, state, days)`;
    await sql`
      insert into user_sessions (id, user_id, expires_at) values
        ('ses_new', 'usr_1', now()), ('ses_old', 'usr_1', now() - interval '31 days')`;
    await sql`
      insert into verification_tokens (identifier, token_hash, expires_at) values
        ('a@example.com', 'new', now()), ('a@example.com', 'old', now() - interval '2 days')`;
    const one = {
      idempotency_keys: 1,
      token_buckets: 1,
      webhook_messages: 1,
      verification_tokens: 1,
      user_sessions: 1,
    };
    expect(await forgetAllExpired()).toEqual(one);
    expect((await sql`select id from webhook_messages order by id`).map(({ id }) => id)).toEqual(['msg_1', 'msg_3']);
    expect((await sql`select id from user_sessions`).map(({ id }) => id)).toEqual(['ses_new']);
    const none = Object.fromEntries(Object.keys(one).map((table) => [table, 0]));
    expect(await forgetAllExpired()).toEqual(none);
  });
});
