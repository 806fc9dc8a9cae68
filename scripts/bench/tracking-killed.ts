import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { dispatchFixture, draftOf, launchAndQueue } from '@/lib/features/testing/dispatch-fixture';
import { messageLinks } from '@/lib/features/tracking/links';
import { arrive } from '../load/arrivals';
import { startWebProduct } from '../load/web-product';
import type { Bench } from './contract';

const PER_SECOND = 1_000;
const SECONDS = 20;
const KILLS = 3;
/** A round that only warms up, and those that count; every open is of a message of its own. */
const MESSAGES = PER_SECOND * SECONDS * 2;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const bench: Bench = {
  title: `Tracking while the web process is killed (kill -9) ${KILLS} times: ${PER_SECOND} opens/s arrive whether it lives or not`,
  against: 'target: every open that was answered is in the database; the others were refused or got no answer',
  rounds: 1,
  async prepare({ newDatabase, env, scale }) {
    const url = await newDatabase();
    const web = await startWebProduct(env, url);
    await openPoolAt(url, 4);
    const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, Math.round(MESSAGES * scale));
    const runId = await launchAndQueue(f, draftOf(f, ['email']));
    const rows = await pool()<{ id: string }[]>`select id::text from deliveries where run_id = ${runId}`;
    const opens = rows.map(({ id }) => ({ id, path: new URL(messageLinks(web.appUrl, id).openUrl).pathname }));
    const acknowledged: string[] = [];
    let first = 0;
    return {
      async round() {
        const from = first;
        const seconds = SECONDS * scale;
        first += Math.round(PER_SECOND * seconds);
        const killing = (async () => {
          for (let n = 0; n < KILLS; n++) {
            await pause((seconds * 1000) / (KILLS + 1));
            web.kill();
          }
        })();
        const report = await arrive({
          port: web.port,
          perSecond: PER_SECOND,
          seconds,
          isGood: (status) => status === 200,
          onGood: (n) => acknowledged.push(opens[from + n]?.id ?? ''),
          call: (n) => ({ method: 'GET', path: opens[from + n]?.path ?? '/', headers: {} }),
        });
        await killing;
        return [
          { what: 'opens asked for', unit: '', value: report.asked },
          { what: 'answered', unit: '', value: report.good },
          { what: 'without an answer while it was down', unit: '', value: report.asked - report.good },
        ];
      },
      async reconcile() {
        const stored = await pool()<{ id: string }[]>`select distinct delivery_id::text as id from tracking_hits`;
        const known = new Set(stored.map(({ id }) => id));
        const lost = acknowledged.filter((id) => !known.has(id));
        return lost.length === 0
          ? []
          : [`${acknowledged.length} opens were answered, ${lost.length} of them are not stored`];
      },
      async end() {
        await web.stop();
        await closePool();
      },
    };
  },
};
