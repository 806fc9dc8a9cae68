import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { dispatchFixture, draftOf, launchAndQueue } from '@/lib/features/testing/dispatch-fixture';
import { messageLinks } from '@/lib/features/tracking/links';
import { recordHit } from '@/lib/features/tracking/record-hit';
import { arrive, complaintOf } from '../load/arrivals';
import { watchDisk } from '../load/disk';
import { startWebProduct } from '../load/web-product';
import type { Bench } from './contract';

const MESSAGES = 20_000;
const HITS = 50_000;
const PER_SECOND = 1_000;
const SECONDS = 20;
const MOST_PER_SECOND = 5_000;
const MOST_SECONDS = 10;
const AT_ONCE = 500;
const AGENT = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148';

/** Opens as fast as they are taken, each waiting for its commit, as many at once as connections would bring. */
async function burst(deliveryIds: string[], hits: number): Promise<number> {
  const startedMs = performance.now();
  let n = 0;
  const lane = async () => {
    while (n < hits) {
      const deliveryId = deliveryIds[n++ % deliveryIds.length] ?? '';
      await recordHit({ deliveryId, kind: 'open', link: null, ip: '203.0.113.7', userAgent: AGENT });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return (hits / (performance.now() - startedMs)) * 1000;
}

export const bench: Bench = {
  title: `Tracking: opens stored durably, and ${PER_SECOND}/s and ${MOST_PER_SECOND}/s over HTTP at a fixed arrival rate, one web process`,
  against: `target: ≥ 5,000/s stored; 99 of 100 answered within 50 ms at ${PER_SECOND}/s, none lost`,
  rounds: 3,
  async prepare({ newDatabase, env, scale }) {
    const url = await newDatabase();
    const web = await startWebProduct(env, url);
    await openPoolAt(url, 8);
    const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, MESSAGES);
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    const rows = await pool()<{ id: string }[]>`select id::text from deliveries where run_id = ${runId}`;
    const deliveryIds = rows.map(({ id }) => id);
    const paths = deliveryIds.map((id) => new URL(messageLinks(web.appUrl, id).openUrl).pathname);
    const wrong: string[] = [];
    let acknowledged = 0;
    return {
      async round() {
        const hits = Math.round(HITS * scale);
        const stored = await burst(deliveryIds, hits);
        // so that the disk does not write the burst, or the filling before it, while the answers are timed
        await pool()`checkpoint`;
        const opens = async (perSecond: number, seconds: number) => {
          const report = await arrive({
            port: web.port,
            perSecond,
            seconds,
            isGood: (status) => status === 200,
            call: (n) => ({ method: 'GET', path: paths[n % paths.length] ?? '', headers: { 'user-agent': AGENT } }),
          });
          acknowledged += report.good;
          const complaint = complaintOf(`opens at ${perSecond}/s`, report);
          if (complaint) wrong.push(complaint);
          return report;
        };
        const disk = watchDisk();
        const report = await opens(PER_SECOND, SECONDS * scale);
        const slowestFlushMs = await disk();
        const most = await opens(MOST_PER_SECOND, MOST_SECONDS * scale);
        acknowledged += hits;
        return [
          { what: 'stored durably, in process', unit: '/s', value: stored },
          { what: 'answered over HTTP', unit: '/s', value: report.perSecond },
          { what: 'answer, median', unit: 'ms', value: report.medianMs },
          { what: 'answer, 99 of 100', unit: 'ms', value: report.p99Ms },
          { what: 'slowest flush of the disk alone, meanwhile', unit: 'ms', value: slowestFlushMs },
          { what: 'answered over HTTP at most', unit: '/s', value: most.perSecond },
          { what: 'answer then, median', unit: 'ms', value: most.medianMs },
          { what: 'answer then, 99 of 100', unit: 'ms', value: most.p99Ms },
          { what: 'errors', unit: '', value: report.asked - report.good + most.asked - most.good },
        ];
      },
      async reconcile() {
        const [row] = await pool()<{ n: number }[]>`select count(*)::int as n from tracking_hits`;
        if ((row?.n ?? 0) < acknowledged) wrong.push(`${acknowledged} opens were acknowledged, ${row?.n} are stored`);
        return wrong;
      },
      async end() {
        await web.stop();
        await closePool();
      },
    };
  },
};
