import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { webhookHeaders } from '@/lib/features/outbox/sign-webhook';
import { sentRun } from '@/lib/features/outcomes/testing';
import { updateProviderAccount } from '@/lib/features/providers/update-provider-account';
import { arrive, complaintOf } from '../load/arrivals';
import { startWebProduct } from '../load/web-product';
import type { Bench } from './contract';

const MESSAGES = 5_000;
const PER_SECOND = 2_000;
const SECONDS = 10;
const SECRET = `whsec_${Buffer.from('a-secret-of-twenty-four!').toString('base64')}`;

export const bench: Bench = {
  title: `Provider webhooks: ${PER_SECOND}/s signed events for ${SECONDS} s at a fixed arrival rate, one web process`,
  against: 'target: every one answered 202 and stored; no 5xx',
  rounds: 1,
  async prepare({ newDatabase, env, scale }) {
    const url = await newDatabase();
    const web = await startWebProduct(env, url);
    await openPoolAt(url, 4);
    const run = await sentRun({ kind: 'resend', contacts: MESSAGES });
    await updateProviderAccount(systemCtx(run.workspaceId, 'bench'), {
      id: run.accountId,
      config: { kind: 'resend' },
      secrets: { apiKey: 're_1', webhookSecret: SECRET },
    });
    const wrong: string[] = [];
    let round = 0;
    let acknowledged = 0;
    return {
      async round() {
        const name = `r${++round}`;
        const report = await arrive({
          port: web.port,
          perSecond: PER_SECOND,
          seconds: SECONDS * scale,
          isGood: (status) => status === 202,
          call: (n) => {
            const body = JSON.stringify({
              type: 'email.delivered',
              created_at: new Date().toISOString(),
              data: { email_id: `re_${n}`, tags: { waybill_delivery: run.deliveryIds[n % MESSAGES] } },
            });
            const headers = webhookHeaders(`msg_${name}_${n}`, SECRET, body, Date.now());
            return { method: 'POST', path: `/api/webhooks/resend?account=${run.accountId}`, headers, body };
          },
        });
        acknowledged += report.good;
        const complaint = complaintOf('events', report);
        if (complaint) wrong.push(complaint);
        return [
          { what: 'events answered', unit: '/s', value: report.perSecond },
          { what: 'answer, median', unit: 'ms', value: report.medianMs },
          { what: 'answer, 99 of 100', unit: 'ms', value: report.p99Ms },
          { what: 'errors', unit: '', value: report.asked - report.good },
        ];
      },
      async reconcile() {
        const [row] = await pool()<{ n: number }[]>`select count(*)::int as n from provider_events`;
        if ((row?.n ?? 0) < acknowledged) wrong.push(`${acknowledged} events were acknowledged, ${row?.n} are stored`);
        return wrong;
      },
      async end() {
        await web.stop();
        await closePool();
      },
    };
  },
};
