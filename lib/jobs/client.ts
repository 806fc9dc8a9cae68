import { Inngest } from 'inngest';
import postgres from 'postgres';
import { LONG_GREETING, RECONNECT } from '@/lib/db/reconnect';
import { createSendOnly } from '@/lib/engine/engine';
import { env, usesInngestServer } from '@/lib/env';

export const APP_ID = 'waybill';

interface EnginePool {
  sql: postgres.Sql;
  transactions: postgres.Sql;
}
interface Shared {
  waybillInngest?: Inngest;
  waybillEngine?: EnginePool;
}
const shared = globalThis as unknown as Shared;

function openClient(max: number): postgres.Sql {
  return postgres(env().DATABASE_URL, {
    max,
    connect_timeout: 10,
    idle_timeout: 60,
    ...RECONNECT,
    onnotice: () => undefined,
    connection: { ...LONG_GREETING, application_name: 'waybill engine' },
  });
}

/** The engine's own connections; apart from the product's, whose type codecs differ, and apart again for transactions. */
export function enginePool(): EnginePool {
  shared.waybillEngine ??= { sql: openClient(3), transactions: openClient(5) };
  return shared.waybillEngine;
}

export async function closeEnginePool(): Promise<void> {
  const open = shared.waybillEngine;
  shared.waybillEngine = undefined;
  await Promise.all([open?.sql.end({ timeout: 2 }), open?.transactions.end({ timeout: 2 })]);
}

export function engineSigningKey(): string {
  const key = env().WAYBILL_ENGINE_SIGNING_KEY;
  if (!key) throw new Error('Waybill cannot start: WAYBILL_ENGINE_SIGNING_KEY is not set. See .env.example.');
  return key;
}

/**
 * The one Inngest client. With the embedded engine, sending an event is an insert into our own database; with a real
 * Inngest the same calls go to that server.
 */
export function inngest(): Inngest {
  if (shared.waybillInngest) return shared.waybillInngest;
  const { INNGEST_EVENT_KEY, INNGEST_SIGNING_KEY, INNGEST_BASE_URL } = env();
  shared.waybillInngest = usesInngestServer()
    ? new Inngest({
        id: APP_ID,
        isDev: false,
        eventKey: INNGEST_EVENT_KEY,
        signingKey: INNGEST_SIGNING_KEY,
        baseUrl: INNGEST_BASE_URL,
      })
    : new Inngest({
        id: APP_ID,
        isDev: false,
        eventKey: 'embedded',
        signingKey: engineSigningKey(),
        baseUrl: 'http://engine.embedded',
        fetch: createSendOnly({ ...enginePool(), signingKey: engineSigningKey() }).fetch,
      });
  return shared.waybillInngest;
}
