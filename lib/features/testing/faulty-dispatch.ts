import { onTestFinished } from 'vitest';
import type { FaultPlanInput, HttpFault, SmppFault, SmtpFault } from '@/lib/channels/faulty/fault-plan';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { pool } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import type { DeliveryState } from '@/lib/domain/delivery';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { dueProbes, settleProbe } from '@/lib/features/runs/probe-breakers';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from './dispatch-fixture';

export type Dialect = 'smtp' | 'resend' | 'twilio' | 'smpp';

export interface FaultyDispatch {
  bench: FaultyBench;
  f: DispatchFixture;
  runId: string;
  accountId: string;
  /** Sends until nothing is due now; answers the status of the run. */
  send(): Promise<string>;
  /** Lets waiting retries come due and open breakers be probed with success, as time would. */
  passTime(): Promise<void>;
  /** Sends and lets time pass until the run has ended, at most so often. */
  finish(rounds?: number): Promise<string>;
  /** How many messages are in each state. */
  counts(): Promise<Partial<Record<DeliveryState, number>>>;
  /** How often the provider took a message for one and the same address, at most. */
  mostArrivals(): number;
  arrived(): number;
}

function accountOf(
  dialect: Dialect,
  bench: FaultyBench,
): { config: ProviderConfigInput; secrets: Record<string, string> } {
  const { provider, baseUrl } = bench;
  switch (dialect) {
    case 'smtp':
      return {
        config: { kind: 'smtp', host: '127.0.0.1', port: provider.smtpPort, security: 'none', connections: 2 },
        secrets: {},
      };
    case 'resend':
      return {
        config: { kind: 'resend', baseUrl, maxGroupSize: 5, concurrentGroups: 1, timeoutMs: 1_000 },
        secrets: { apiKey: 're_test' },
      };
    case 'twilio':
      return {
        config: { kind: 'twilio', baseUrl, accountSid: 'AC_test', concurrency: 2, timeoutMs: 1_000 },
        secrets: { secret: 'test' },
      };
    case 'smpp':
      return {
        config: {
          kind: 'smpp',
          host: '127.0.0.1',
          port: provider.smppPort ?? 0,
          systemId: 'test',
          responseTimeoutMs: 1_000,
        },
        secrets: { password: 'test' },
      };
  }
}

/** A queued run of one message to `count` people through a provider that fails as planned; gone when the test is over. */
export async function faultyDispatch(
  dialect: Dialect,
  plan: FaultPlanInput,
  count = 10,
  over: Partial<CampaignDraftInput> = {},
  prepare: (f: DispatchFixture) => Promise<unknown> = async () => undefined,
): Promise<FaultyDispatch> {
  const bench = await openFaultyBench({ plan, ...(dialect === 'smpp' ? { smppPort: 0 } : {}) });
  onTestFinished(async () => {
    await closeTestChannels();
    await bench.close();
  });
  const f = await dispatchFixture({ smtpPort: bench.provider.smtpPort, smsUrl: bench.baseUrl }, count);
  const isEmail = dialect === 'smtp' || dialect === 'resend';
  const { id: accountId } = await createProviderAccount(f.ctx, { name: 'Faulty', ...accountOf(dialect, bench) });
  await pool()`update senders set provider_account_id = ${accountId} where id = ${isEmail ? f.emailSenderId : f.smsSenderId}`;
  await prepare(f);
  const runId = await launchAndQueue(f, draftOf(f, [isEmail ? 'email' : 'sms'], over));
  const send = async () => (await sendAll(f, runId)).status;
  const passTime = async () => {
    await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
    await pool()`update provider_accounts set breaker_retry_at = now() where id = ${accountId} and breaker_retry_at is not null`;
    for (const account of await dueProbes()) await settleProbe(account, { ok: true, text: 'answers' });
  };
  const arrivals = () => {
    const times = new Map<string, number>();
    for (const { to } of bench.ledger()) times.set(to, (times.get(to) ?? 0) + 1);
    return times;
  };
  return {
    bench,
    f,
    runId,
    accountId,
    send,
    passTime,
    async finish(rounds = 12) {
      let status = await send();
      for (let i = 0; i < rounds && status !== 'completed'; i++) {
        await passTime();
        status = await send();
      }
      return status;
    },
    async counts() {
      const rows = await pool()<{ state: DeliveryState; n: number }[]>`
        select state, count(*)::int as n from deliveries where run_id = ${runId} group by state`;
      return Object.fromEntries(rows.map((row) => [row.state, row.n]));
    },
    mostArrivals: () => Math.max(0, ...arrivals().values()),
    arrived: () => arrivals().size,
  };
}

/** Plans in which one fault meets the addresses that match, so many times each. */
export const script = {
  smtp: (fault: SmtpFault, match = '*', times = 1): FaultPlanInput => ({ smtpScript: [{ match, fault, times }] }),
  resend: (fault: HttpFault, match = '*', times = 1): FaultPlanInput => ({ resendScript: [{ match, fault, times }] }),
  twilio: (fault: HttpFault, match = '*', times = 1): FaultPlanInput => ({ twilioScript: [{ match, fault, times }] }),
  smpp: (fault: SmppFault, match = '*', times = 1): FaultPlanInput => ({ smppScript: [{ match, fault, times }] }),
};
