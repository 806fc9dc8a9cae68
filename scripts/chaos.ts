import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';
import { enginePool } from '@/lib/jobs/client';
import { migrateAll } from '@/lib/jobs/migrate';
import { sendRunLaunched } from '@/lib/jobs/send-events';
import { checkBooks } from './chaos/check';
import { Cluster, type Provider, startProvider } from './chaos/cluster';
import { harm } from './chaos/nemesis';
import { readArguments, runCommand } from './command';
import { adoptEnvironment } from './environment';

const USAGE =
  'npm run chaos -- --seed N [--seconds S] [--provider smtp|resend|twilio|smpp] [--recipients N] [--workers N] [--json]';
const { values } = readArguments(
  {
    seed: { type: 'string' },
    seconds: { type: 'string' },
    provider: { type: 'string' },
    recipients: { type: 'string' },
    workers: { type: 'string' },
    json: { type: 'boolean' },
    log: { type: 'boolean' },
    bug: { type: 'string' },
  },
  USAGE,
);

type Dialect = 'smtp' | 'resend' | 'twilio' | 'smpp';
const LEASE_MS = 3_000;
const DRAIN_MS = 180_000;
const PER_SECOND = 60;

const PLANS: Record<Dialect, FaultPlanInput> = {
  smtp: {
    smtp: {
      mail_421: 0.004,
      data_reset: 0.01,
      rcpt_550: 0.01,
      dot_451: 0.01,
      dot_552: 0.005,
      accepted_reset: 0.01,
      accepted_half_reply: 0.005,
      accepted_250_reset: 0.01,
      dot_reset: 0.01,
    },
    latencyMs: [60, 240],
    closeAfterMessages: 97,
  },
  resend: {
    resend: {
      error_500: 0.05,
      accepted_500: 0.06,
      accepted_reset: 0.06,
      reset: 0.05,
      limit: 0.05,
      partial: 0.05,
      accepted_truncated: 0.03,
    },
    latencyMs: [300, 1200],
  },
  twilio: {
    twilio: { error_500: 0.02, accepted_500: 0.02, accepted_reset: 0.02, reset: 0.01, limit: 0.01, invalid: 0.01 },
    latencyMs: [100, 500],
  },
  smpp: {
    smpp: { throttled: 0.01, invalid_destination: 0.01, reset: 0.003, accepted_reset: 0.003 },
    latencyMs: [100, 400],
  },
};

function accountOf(
  dialect: Dialect,
  provider: Provider,
): { config: ProviderConfigInput; secrets: Record<string, string> } {
  const http = `http://127.0.0.1:${provider.httpPort}`;
  if (dialect === 'smtp')
    return {
      config: { kind: 'smtp', host: '127.0.0.1', port: provider.smtpPort, security: 'none', connections: 4 },
      secrets: {},
    };
  if (dialect === 'resend')
    return {
      config: { kind: 'resend', baseUrl: http, maxGroupSize: 10, concurrentGroups: 3, timeoutMs: 5_000 },
      secrets: { apiKey: 're_chaos' },
    };
  if (dialect === 'twilio')
    return {
      config: { kind: 'twilio', baseUrl: http, accountSid: 'AC_chaos', concurrency: 8, timeoutMs: 5_000 },
      secrets: { secret: 'chaos' },
    };
  return {
    config: { kind: 'smpp', host: '127.0.0.1', port: provider.smppPort ?? 0, systemId: 'chaos' } as ProviderConfigInput,
    secrets: { password: 'chaos' },
  };
}

async function launch(
  dialect: Dialect,
  provider: Provider,
  recipients: number,
): Promise<{ workspaceId: string; runId: string }> {
  const f = await dispatchFixture(
    { smtpPort: provider.smtpPort, smsUrl: `http://127.0.0.1:${provider.httpPort}` },
    recipients,
  );
  const isEmail = dialect === 'smtp' || dialect === 'resend';
  const { id } = await createProviderAccount(f.ctx, { name: 'Chaos', ...accountOf(dialect, provider) });
  await pool()`update senders set provider_account_id = ${id} where id = ${isEmail ? f.emailSenderId : f.smsSenderId}`;
  const draft = draftOf(f, [isEmail ? 'email' : 'sms', 'record'], {
    policy: { waveSize: Math.ceil(recipients / 4), maxAttempts: 8 },
  });
  const campaign = await createCampaign(f.ctx, { name: 'Chaos', draft });
  const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
  return { workspaceId: f.ctx.workspaceId, runId };
}

async function settledSoFar(url: string, runId: string): Promise<number | null> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    const [row] = await sql<{ n: number }[]>`
      select coalesce(sum(n), 0)::int as n from run_counters where run_id = ${runId} and step = 0`;
    return row?.n ?? 0;
  } catch {
    // the database is down because we took it down
    return null;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function underWay(runId: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const [row] = await pool()<
      { n: number }[]
    >`select coalesce(sum(n), 0)::int as n from run_counters where run_id = ${runId}`;
    if ((row?.n ?? 0) >= 20) return;
    if (Date.now() > deadline) throw new Error('Nothing was sent within 90 s; the workers did not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function drained(runId: string): Promise<boolean> {
  const deadline = Date.now() + DRAIN_MS;
  while (Date.now() < deadline) {
    const [run] = await pool()<{ status: string }[]>`select status from runs where id = ${runId}`;
    if (run?.status === 'completed') return true;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return false;
}

runCommand(async () => {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
  const seconds = Number(values.seconds ?? 60);
  const dialect = (values.provider ?? 'smtp') as Dialect;
  if (!(dialect in PLANS) || !Number.isInteger(seed) || !(seconds > 0)) throw new Error(`Usage: ${USAGE}`);
  const recipients = Number(values.recipients ?? Math.round(seconds * PER_SECOND * 0.8));
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-chaos-'));
  const env = {
    WAYBILL_SECRET: 'a secret of the chaos, forty characters long',
    WAYBILL_ENGINE_SIGNING_KEY: `signkey-chaos-${'cd'.repeat(32)}`,
    WAYBILL_LEASE_MS: String(LEASE_MS),
    WAYBILL_ENGINE_LEASE_MS: '3000',
    WAYBILL_RETRY_BASE_MS: '1000',
    ...(values.bug ? { WAYBILL_PLANTED_BUG: values.bug } : {}),
    ...(values.log ? { WAYBILL_CHAOS_LOG: '1' } : {}),
  };
  const cluster = new Cluster(folder, env);
  const plan = PLANS[dialect];
  const provider = await startProvider(path.join(folder, 'provider'), String(seed), plan);
  try {
    const url = await cluster.startDatabase();
    await migrateAll(url);
    adoptEnvironment({ ...env, DATABASE_URL: url });
    await openPoolAt(url, 4);
    const { workspaceId, runId } = await launch(dialect, provider, recipients);
    cluster.startWorkers(Number(values.workers ?? 3));
    say(`seed ${seed}: ${recipients} recipients over ${dialect}, ${seconds} s of harm`);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await sendRunLaunched({ workspaceId, runId });
    // harm done before anything is sent would prove nothing
    await underWay(runId);
    // the watching connections must not die of the harm they watch
    await enginePool().end({ timeout: 2 });
    await closePool();
    const done = await harm(cluster, url, seed, seconds, LEASE_MS, recipients, () => settledSoFar(url, runId));
    const faults = await provider.faults();
    await provider.setPlan({ latencyMs: [1, 5] });
    const harmEndedAt = Date.now();
    await openPoolAt(url, 2);
    const complete = await drained(runId);
    const recovered = (Date.now() - harmEndedAt) / 1000;
    await closePool();
    const { violations, ...verdict } = await checkBooks(url, provider.ledgerPath, runId, 0, dialect === 'resend');
    const kills = done.kills + done.crashes;
    const summary = {
      seed,
      provider: dialect,
      recipients,
      kills,
      stops: done.stops,
      cuts: done.cuts,
      db_restarts: done.restarts,
      faults,
      ...verdict,
      recovered_s: Math.round(recovered * 10) / 10,
    };
    for (const line of violations.slice(0, 20)) say(`  ${line}`);
    if (values.json) console.log(JSON.stringify(summary));
    else for (const [name, value] of Object.entries(summary)) console.log(`${name.padEnd(12)} ${value}`);
    const clean = complete && verdict.lost === 0 && verdict.duplicated === 0 && verdict.wrong === 0;
    say(clean ? 'Nobody was lost, nobody got it twice, nothing is misreported.' : 'THE PROMISE IS BROKEN.');
    return clean ? 0 : 1;
  } finally {
    await cluster.stop();
    provider.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
