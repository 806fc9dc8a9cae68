import { pool } from '@/lib/db/client';
import { describeError } from '@/lib/errors';
import pkg from '@/package.json';

export const dynamic = 'force-dynamic';

interface DatabaseHealth {
  ok: boolean;
  version?: string;
  latencyMs?: number;
}

async function databaseHealth(): Promise<DatabaseHealth> {
  const startedAt = performance.now();
  try {
    const [row] = await pool()<{ version: string }[]>`select current_setting('server_version') as version`;
    return { ok: true, version: row?.version ?? 'unknown', latencyMs: Math.round(performance.now() - startedAt) };
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', at: 'health', detail: describeError(error) }));
    return { ok: false };
  }
}

/** For load balancers and launchers: 200 when the database answers, else 503. Says versions, never settings. */
export async function GET(): Promise<Response> {
  const database = await databaseHealth();
  const body = { status: database.ok ? 'ok' : 'unavailable', version: pkg.version, node: process.version, database };
  return Response.json(body, {
    status: database.ok ? 200 : 503,
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}
