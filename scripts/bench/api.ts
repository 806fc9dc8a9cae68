import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';
import { arrive, complaintOf } from '../load/arrivals';
import { watchDisk } from '../load/disk';
import { startWebProduct } from '../load/web-product';
import type { Bench } from './contract';

const SECONDS = 60;
const WRITES_PER_SECOND = 200;
const READS_PER_SECOND = 1_000;
const CONTACTS = 20_000;
const LINES_EACH = 20;

async function fill(): Promise<{ workspaceId: string; key: string; contactIds: string[] }> {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, CONTACTS);
  const { workspaceId } = f.ctx;
  const sql = pool();
  await sql`
    insert into interactions (workspace_id, contact_id, at, type, step, data)
    select ${workspaceId}, c.id, now() - n * interval '1 day', 'email.delivered', 0, '{}'
    from generate_series(1, ${LINES_EACH}::int) n, contacts c where c.workspace_id = ${workspaceId}`;
  await sql`vacuum analyze`;
  // so that the disk does not write all this while the answers are timed
  await sql`checkpoint`;
  const rows = await sql<{ id: string }[]>`select id from contacts where workspace_id = ${workspaceId}`;
  const ctx = {
    workspaceId,
    actor: { type: 'user' as const, userId: 'usr_bench', name: 'Bench', role: 'owner' as const },
  };
  const { key } = await createApiKey(ctx, {
    name: 'Bench',
    scopes: ['contacts.read', 'contacts.write', 'service.lookup'],
  });
  return { workspaceId, key, contactIds: rows.map(({ id }) => id) };
}

export const bench: Bench = {
  title: `API: ${WRITES_PER_SECOND} writes/s and ${READS_PER_SECOND} history reads/s at once, at a fixed arrival rate, one web process`,
  against: `target: no error in ${SECONDS} s; times are counted from when each request was due`,
  rounds: 1,
  async prepare({ newDatabase, env, scale }) {
    const url = await newDatabase();
    const web = await startWebProduct(env, url);
    await openPoolAt(url, 4);
    const { workspaceId, key, contactIds } = await fill();
    const authorization = `Bearer ${key}`;
    const wrong: string[] = [];
    let round = 0;
    let written = 0;
    return {
      async round() {
        const seconds = round === 0 ? Math.min(10, SECONDS * scale) : SECONDS * scale;
        const name = `r${++round}`;
        const disk = watchDisk();
        const [writes, reads] = await Promise.all([
          arrive({
            port: web.port,
            perSecond: WRITES_PER_SECOND,
            seconds,
            isGood: (status) => status === 201,
            call: (n) => ({
              method: 'POST',
              path: '/api/v1/contacts',
              headers: {
                authorization,
                'content-type': 'application/json',
                'idempotency-key': `${name}-${n}`,
              },
              body: JSON.stringify({
                externalId: `${name}-${n}`,
                email: `${name}-${n}@bench.example`,
                firstName: `Name ${n}`,
                emailConsent: 'granted',
              }),
            }),
          }),
          arrive({
            port: web.port,
            perSecond: READS_PER_SECOND,
            seconds,
            isGood: (status) => status === 200,
            call: () => ({
              method: 'GET',
              path: `/api/v1/contacts/${contactIds[Math.floor(Math.random() * contactIds.length)]}/history`,
              headers: { authorization },
            }),
          }),
        ]);
        const slowestFlushMs = await disk();
        written += writes.good;
        for (const complaint of [complaintOf('writes', writes), complaintOf('reads', reads)]) {
          if (complaint) wrong.push(complaint);
        }
        return [
          { what: 'writes answered', unit: '/s', value: writes.perSecond },
          { what: 'write, median', unit: 'ms', value: writes.medianMs },
          { what: 'write, 99 of 100', unit: 'ms', value: writes.p99Ms },
          { what: 'reads answered', unit: '/s', value: reads.perSecond },
          { what: 'read, median', unit: 'ms', value: reads.medianMs },
          { what: 'read, 99 of 100', unit: 'ms', value: reads.p99Ms },
          { what: 'slowest flush of the disk alone, meanwhile', unit: 'ms', value: slowestFlushMs },
          { what: 'errors', unit: '', value: writes.asked - writes.good + reads.asked - reads.good },
        ];
      },
      async reconcile() {
        const [row] = await pool()<{ n: number }[]>`
          select count(*)::int as n from contacts where workspace_id = ${workspaceId} and email like '%@bench.example'`;
        if (row?.n !== written) wrong.push(`${written} writes were acknowledged, ${row?.n} contacts are there`);
        return wrong;
      },
      async end() {
        await web.stop();
        await closePool();
      },
    };
  },
};
