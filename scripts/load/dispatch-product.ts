import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { phoneLaunchEmail } from '@/emails/phone-launch';
import { openPoolAt, pool } from '@/lib/db/client';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { emailTemplateSchema } from '@/lib/domain/template';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { runProgress } from '@/lib/features/runs/run-progress';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';
import { closeEnginePool } from '@/lib/jobs/client';
import { migrateAll } from '@/lib/jobs/migrate';
import { sendRunLaunched } from '@/lib/jobs/send-events';
import { bundleProgram } from '../bundle';
import { type Environment, forChild, ROOT } from '../environment';
import { watchdog } from '../watchdog';
import { WORKER_FLAGS } from '../worker-flags';
import type { ProviderCount } from './counting-provider';

const TICKS_PER_SECOND = 100;
const LONGEST_MS = 15 * 60_000;
const LOOK_MS = 50;

export interface DispatchOptions {
  channel: 'email' | 'sms';
  /** The account it goes through; the addresses of the counting provider are given. */
  account(at: { smtpPort: number; baseUrl: string }): { config: ProviderConfigInput; secrets: Record<string, string> };
  messages: number;
}

export interface Dispatched {
  messagesPerSecond: number;
  /** From the launch until the provider had the first message: freezing and queuing lie between. */
  firstAfterMs: number;
  /** Of all workers, freezing and queuing included; PostgreSQL and the provider are not counted. */
  workerCpuMicros: number;
  runId: string;
  /** What does not add up: everybody once at the provider, everybody accepted in the ledger, balanced books. */
  problems: string[];
}

export interface DispatchProduct {
  baseUrl: string;
  setWorkers(count: number): Promise<void>;
  dispatch(options: DispatchOptions): Promise<Dispatched>;
  /** The most memory any worker that runs now has had. */
  mostMemoryMb(): number;
  stop(): Promise<void>;
}

/** The demo's email cut to about 20 kB on the wire. */
function benchTemplate() {
  const { blocks } = phoneLaunchEmail;
  return emailTemplateSchema.parse({ ...phoneLaunchEmail, blocks: [...blocks.slice(0, 11), ...blocks.slice(-1)] });
}

/** Contacts b1… with the phone numbers +659 and eight digits, made inside PostgreSQL. */
async function addContacts(f: DispatchFixture, count: number): Promise<void> {
  const { workspaceId } = f.ctx;
  const prefix = `con_${workspaceId.slice(-10)}`;
  await pool()`
    insert into contacts (id, workspace_id, external_id, email, phone, first_name, attributes)
    select ${prefix} || lpad(to_hex(n), 8, '0'), ${workspaceId}, 'B' || n, 'b' || n || '@example.com',
      '+659' || lpad(n::text, 8, '0'), 'Name ' || n, jsonb_build_object('plan', 'p' || n % 5)
    from generate_series(1, ${count}::int) n`;
  await pool()`
    insert into subscriptions (workspace_id, list_id, contact_id, status, source)
    select ${workspaceId}, ${f.listId}, id, 'subscribed', 'bench' from contacts where workspace_id = ${workspaceId}`;
  await pool()`vacuum analyze contacts, subscriptions`;
}

function cpuMicrosOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return ((user + system) / TICKS_PER_SECOND) * 1e6;
}

function mostMemoryMbOf(pid: number): number {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
}

function heard<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`A process of the bench ended with ${code}.`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}

/** Whole workers, as `npm start` runs them, over a database of their own, and a provider that answers after `delayMs`. */
export async function startDispatchProduct(env: Environment, delayMs: number): Promise<DispatchProduct> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-dispatch-'));
  watchdog().remove(folder);
  const url = env.DATABASE_URL ?? '';
  await migrateAll(url);
  await openPoolAt(url, 4);
  const [provider, program] = await Promise.all([
    bundleProgram('scripts/load/counting-provider.ts', path.join(folder, 'provider')),
    bundleProgram('lib/jobs/worker.ts', path.join(folder, 'worker')),
  ]);
  const counter = fork(provider, [String(delayMs)], { execArgv: [] });
  const ports = await heard<{ smtpPort: number; httpPort: number }>(counter);
  const baseUrl = `http://127.0.0.1:${ports.httpPort}`;
  const ask = async (what: 'reset' | 'count') => {
    const answer = heard<{ count: ProviderCount }>(counter);
    counter.send(what);
    return (await answer).count;
  };
  const workers: ChildProcess[] = [];
  const pids = () => workers.flatMap(({ pid }) => pid ?? []);

  async function prepare({ channel, account, messages }: DispatchOptions) {
    const f = await dispatchFixture({ smtpPort: ports.smtpPort, smsUrl: baseUrl }, 0);
    const { id } = await createProviderAccount(f.ctx, {
      name: 'Bench',
      ...account({ smtpPort: ports.smtpPort, baseUrl }),
    });
    await pool()`update senders set provider_account_id = ${id} where id = ${channel === 'email' ? f.emailSenderId : f.smsSenderId}`;
    await pool()`update templates set content = ${JSON.stringify(benchTemplate())}::jsonb where id = ${f.emailTemplateId}`;
    await addContacts(f, messages);
    return { f, campaign: await createCampaign(f.ctx, { name: 'Bench', draft: draftOf(f, [channel]) }) };
  }

  async function completed(runId: string): Promise<void> {
    for (const deadline = Date.now() + LONGEST_MS; Date.now() < deadline; ) {
      const [run] = await pool()<{ status: string }[]>`select status from runs where id = ${runId}`;
      if (run?.status === 'completed') return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async function setWorkers(count: number): Promise<void> {
    for (const worker of workers.splice(count)) {
      const gone = new Promise((resolve) => worker.once('exit', resolve));
      worker.kill('SIGTERM');
      await gone;
    }
    while (workers.length < count) {
      const worker = fork(program, {
        cwd: ROOT,
        execArgv: WORKER_FLAGS,
        env: forChild({ ...env, DATABASE_URL: url }),
      });
      workers.push(worker);
      await heard(worker);
    }
  }

  return {
    baseUrl,
    setWorkers,
    async dispatch(options) {
      const { f, campaign } = await prepare(options);
      await ask('reset');
      const before = pids().reduce((sum, pid) => sum + cpuMicrosOf(pid), 0);
      const launchedAt = Date.now();
      const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
      await sendRunLaunched({ workspaceId: f.ctx.workspaceId, runId });
      await completed(runId);
      const workerCpuMicros = pids().reduce((sum, pid) => sum + cpuMicrosOf(pid), 0) - before;
      const { messages, distinct, most, firstAt, lastAt } = await ask('count');
      const { balanced, steps } = await runProgress(f.ctx, runId);
      const accepted = steps[0]?.counts.accepted ?? 0;
      const problems: string[] = [];
      if (distinct !== options.messages) problems.push(`${distinct} of ${options.messages} people were written to`);
      if (most !== 1 || messages !== distinct) problems.push(`somebody was written to ${most} times`);
      if (accepted !== options.messages) problems.push(`the ledger has ${accepted} of ${options.messages} as accepted`);
      if (!balanced) problems.push('the books do not balance');
      const messagesPerSecond = (options.messages / (lastAt - firstAt)) * 1000;
      return { messagesPerSecond, firstAfterMs: firstAt - launchedAt, workerCpuMicros, runId, problems };
    },
    mostMemoryMb: () => Math.max(...pids().map(mostMemoryMbOf)),
    async stop() {
      await setWorkers(0);
      counter.disconnect();
      await closeEnginePool();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
