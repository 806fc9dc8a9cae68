import { createHash } from 'node:crypto';
import type postgres from 'postgres';
import type { Ctx } from '@/lib/context';
import { pool, requestWrites } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { type Answer, wholeAnswer } from '@/lib/http/exchange';

/** A request that takes longer than this is taken for dead. */
const LOCK_MS = 120_000;
const KEY_FORM = /^[\x21-\x7e]{1,200}$/;
const KEPT_HEADERS = ['content-type', 'etag', 'location'];

interface Stored {
  fingerprint: string;
  state: 'running' | 'committed' | 'done';
  isLocked: boolean;
  status: number | null;
  headers: Record<string, string> | null;
  body: string | null;
}

interface Asked {
  ctx: Ctx;
  key: string;
  method: string;
  /** Path with query. */
  path: string;
  body: string;
}

function fingerprintOf({ ctx, method, path, body }: Asked): string {
  const { actor } = ctx;
  const who = actor.type === 'user' ? actor.userId : actor.type === 'api_key' ? actor.keyId : actor.name;
  return createHash('sha256')
    .update(JSON.stringify([who, method, path, body]))
    .digest('hex');
}

/** Takes the key, or answers with what is known of it. */
async function claim(asked: Asked, fingerprint: string): Promise<Stored | null> {
  const sql = pool();
  const { workspaceId } = asked.ctx;
  // not flushed by itself: the log keeps its order, so whatever makes the write durable makes its claim durable before it
  const claimed = await sql`
    insert into idempotency_keys as k (workspace_id, key, fingerprint, state, locked_until)
    select ${workspaceId}, ${asked.key}, ${fingerprint}, 'running', now() + ${LOCK_MS} * interval '1 ms'
    from set_config('synchronous_commit', 'off', true)
    on conflict (workspace_id, key) do update set locked_until = excluded.locked_until
      where k.state = 'running' and k.locked_until < now() and k.fingerprint = excluded.fingerprint returning 1`;
  if (claimed.length > 0) return null;
  const [stored] = await sql<Stored[]>`
    select fingerprint, state, coalesce(locked_until > now(), false) as "isLocked", status, headers, body
    from idempotency_keys where workspace_id = ${workspaceId} and key = ${asked.key}`;
  if (!stored) throw new AppError('conflict', 'A request with this Idempotency-Key has just ended. Send it again.');
  return stored;
}

function answerOf(stored: Stored, fingerprint: string): Answer {
  if (stored.fingerprint !== fingerprint) {
    throw new AppError(
      'invalid',
      'This Idempotency-Key was used for another request. Use a new key for each; nothing was done.',
    );
  }
  if (stored.state === 'done') {
    const headers = { ...stored.headers, 'idempotent-replayed': 'true' };
    return { status: stored.status ?? 200, headers, body: stored.body };
  }
  if (stored.state === 'running' || stored.isLocked) {
    throw new AppError('conflict', 'The first request with this Idempotency-Key is still running. Ask again shortly.');
  }
  throw new AppError(
    'conflict',
    'This request was carried out, but its answer was lost in a crash. It is not done again: look at what it made.',
  );
}

function markCommitted(asked: Asked): (sql: postgres.TransactionSql) => Promise<void> {
  return async (sql) => {
    await sql`
      update idempotency_keys set state = 'committed' where workspace_id = ${asked.ctx.workspaceId} and key = ${asked.key}
        and state = 'running' and pg_current_xact_id_if_assigned() is not null`;
  };
}

async function keep(asked: Asked, { status, headers, body }: Answer): Promise<void> {
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => KEPT_HEADERS.includes(name)));
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
  // not flushed by itself: should the database crash within the next moment, the key says that its answer was lost
  await pool()`
    update idempotency_keys set state = 'done', status = ${status}, headers = ${JSON.stringify(kept)}::jsonb,
      body = ${text}, locked_until = null
    from set_config('synchronous_commit', 'off', true)
    where workspace_id = ${asked.ctx.workspaceId} and key = ${asked.key}`;
}

/** Forgets the key of a request that wrote nothing, so that it may be sent again, corrected or not. */
async function release(asked: Asked): Promise<void> {
  await pool()`
    delete from idempotency_keys
    where workspace_id = ${asked.ctx.workspaceId} and key = ${asked.key} and state = 'running'`;
  await pool()`
    update idempotency_keys set locked_until = null
    where workspace_id = ${asked.ctx.workspaceId} and key = ${asked.key} and state = 'committed'`;
}

/**
 * Carries a write out at most once per Idempotency-Key and workspace (draft-ietf-httpapi-idempotency-key-header): a
 * repetition gets the first answer again, 409 while that is being made, 422 if it asks for something else. The key is
 * marked in the transaction of the write, so that after a crash between write and answer nothing is done twice.
 */
export async function once(asked: Asked, work: () => Promise<Answer | Response>): Promise<Answer> {
  if (!KEY_FORM.test(asked.key)) {
    throw new AppError('invalid', 'An Idempotency-Key has 1 to 200 printable characters without spaces.');
  }
  const fingerprint = fingerprintOf(asked);
  const stored = await claim(asked, fingerprint);
  if (stored) return answerOf(stored, fingerprint);
  try {
    const answer = await wholeAnswer(await requestWrites.run({ beforeCommit: markCommitted(asked) }, work));
    await keep(asked, answer);
    return answer;
  } catch (error) {
    await release(asked);
    throw error;
  }
}
