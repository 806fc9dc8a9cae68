import type { Channel } from '@/lib/channels/channel';
import { openChannel } from '@/lib/channels/open-channel';
import { type Ctx, systemCtx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { type CampaignDraftInput, campaignDraftSchema } from '@/lib/domain/campaign';
import { emailTemplateSchema } from '@/lib/domain/template';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { queueDeliveriesChunk } from '@/lib/features/deliveries/queue-deliveries';
import { type SliceReport, sendSlice } from '@/lib/features/deliveries/send-slice';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { loadRun } from '@/lib/features/runs/load-run';
import { newId } from '@/lib/ids';

export interface DispatchFixture {
  ctx: Ctx;
  listId: string;
  emailTemplateId: string;
  smsTemplateId: string;
  emailSenderId: string;
  smsSenderId: string;
  emailAccountId: string;
  smsAccountId: string;
  outputTableId: string;
}

const EMAIL = emailTemplateSchema.parse({
  subject: 'Hello {{ first_name | fallback: "there" }}',
  preheader: 'News',
  blocks: [
    {
      type: 'text',
      content: 'Dear {{ first_name | fallback: "customer" }}, your plan is {{ plan | fallback: "unknown" }}.',
    },
    { type: 'button', label: 'Look', url: 'https://example.com/look?c={{ external_id }}' },
    { type: 'footer', content: 'You get this because you are a customer.' },
  ],
});

/** A workspace with a list, templates, senders and capture accounts, and `count` contacts named c0001… on the list. */
export async function dispatchFixture(
  ports: { smtpPort: number; smsUrl: string },
  count: number,
  email: (n: number) => string = (n) => `c${n}@example.com`,
): Promise<DispatchFixture> {
  const workspaceId = newId('workspace');
  const f: DispatchFixture = {
    ctx: systemCtx(workspaceId, 'test'),
    listId: newId('list'),
    emailTemplateId: newId('template'),
    smsTemplateId: newId('template'),
    emailSenderId: newId('sender'),
    smsSenderId: newId('sender'),
    emailAccountId: newId('providerAccount'),
    smsAccountId: newId('providerAccount'),
    outputTableId: newId('outputTable'),
  };
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  const ids = numbers.map(() => newId('contact'));
  const smtp = { kind: 'smtp', host: '127.0.0.1', port: ports.smtpPort, security: 'none', connections: 4 };
  const sms = { kind: 'capture_sms', baseUrl: ports.smsUrl, concurrency: 8 };
  await withSystemTx(async ({ sql }) => {
    await sql`insert into workspaces (id, name, slug, settings) values (${workspaceId}, 'Telco', ${workspaceId}, ${JSON.stringify({ postalAddress: '1 Main Street' })}::jsonb)`;
    await sql`insert into lists (id, workspace_id, name) values (${f.listId}, ${workspaceId}, 'Customers')`;
    await sql`insert into attribute_definitions (workspace_id, key, label, type) values (${workspaceId}, 'plan', 'Plan', 'text'),
      (${workspaceId}, 'device', 'Device', 'text'), (${workspaceId}, 'contract_end', 'Contract end', 'date'), (${workspaceId}, 'monthly_spend', 'Monthly spend', 'number')`;
    await sql`insert into templates (id, workspace_id, channel, name, content, created_by) values
      (${f.emailTemplateId}, ${workspaceId}, 'email', 'Mail', ${JSON.stringify(EMAIL)}::jsonb, 'test'),
      (${f.smsTemplateId}, ${workspaceId}, 'sms', 'Text', ${JSON.stringify({ text: 'Hi {{ first_name | fallback: "there" }}' })}::jsonb, 'test')`;
    await sql`insert into provider_accounts (id, workspace_id, channel, kind, name, config) values
      (${f.emailAccountId}, ${workspaceId}, 'email', 'smtp', 'Relay', ${JSON.stringify(smtp)}::jsonb),
      (${f.smsAccountId}, ${workspaceId}, 'sms', 'capture_sms', 'Gateway', ${JSON.stringify(sms)}::jsonb)`;
    await sql`insert into senders (id, workspace_id, channel, name, from_name, address, provider_account_id) values
      (${f.emailSenderId}, ${workspaceId}, 'email', 'News', 'Telco', 'news@telco.example', ${f.emailAccountId}),
      (${f.smsSenderId}, ${workspaceId}, 'sms', 'News', null, '+6590000000', ${f.smsAccountId})`;
    await sql`insert into output_tables (id, workspace_id, name, slug, columns) values (${f.outputTableId}, ${workspaceId}, 'Sent', 'sent', '[]'::jsonb)`;
    await sql`
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, attributes)
      select id, ${workspaceId}, 'X' || n, mail, '+658' || lpad(n::text, 7, '0'), 'Name ' || n, jsonb_build_object('plan', 'Pro')
      from unnest(${ids}::text[], ${numbers}::int[], ${numbers.map(email)}::text[]) t(id, n, mail)`;
    await sql`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select ${workspaceId}, ${f.listId}, id, 'subscribed', 'test' from unnest(${ids}::text[]) t(id)`;
  });
  return f;
}

export type StepKind = 'email' | 'sms' | 'record';

/** A draft over the fixture's list with the given steps. */
export function draftOf(
  f: DispatchFixture,
  kinds: StepKind[],
  over: Partial<CampaignDraftInput> = {},
): CampaignDraftInput {
  const flow = kinds.map((kind, i) => {
    const base = { id: `${kind}_${i}`, name: `${kind} ${i}` };
    if (kind === 'record') {
      return {
        ...base,
        kind,
        sink: { kind: 'table' as const, outputTableId: f.outputTableId },
        columns: ['external_id', 'outcome'],
      };
    }
    return kind === 'email'
      ? { ...base, kind, templateId: f.emailTemplateId, senderId: f.emailSenderId }
      : { ...base, kind, templateId: f.smsTemplateId, senderId: f.smsSenderId };
  });
  return campaignDraftSchema.parse({
    audience: { include: [{ kind: 'list', id: f.listId }] },
    policy: {},
    notify: { events: [] },
    flow,
    ...over,
  });
}

/** Launches and queues to the end; nothing is sent yet. */
export async function launchAndQueue(f: DispatchFixture, draft: CampaignDraftInput): Promise<string> {
  const campaign = await createCampaign(f.ctx, { name: 'Test campaign', draft });
  const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
  while (!(await freezeAudienceChunk(f.ctx, await loadRun(f.ctx, runId))).done);
  while (!(await queueDeliveriesChunk(f.ctx, await loadRun(f.ctx, runId))).done);
  return runId;
}

const opened = new Map<string, Channel>();

export async function testChannelOf(
  workspaceId: string,
  accountId: string,
): Promise<{ channel: Channel; maxPerSecond: number | null }> {
  const account = await loadChannelAccount(workspaceId, accountId);
  const channel = opened.get(accountId) ?? (openChannel(account).channel as Channel);
  opened.set(accountId, channel);
  return { channel, maxPerSecond: account.maxPerSecond };
}

export async function closeTestChannels(): Promise<void> {
  await Promise.all([...opened.values()].map((channel) => channel.close()));
  opened.clear();
}

/** Sends until the run has ended, or nothing is due now. */
export async function sendAll(
  f: DispatchFixture,
  runId: string,
  worker = 'wrk_test',
  signal = new AbortController().signal,
): Promise<SliceReport> {
  for (;;) {
    const report = await sendSlice({
      workspaceId: f.ctx.workspaceId,
      runId,
      worker,
      maxMs: 2_000,
      channelOf: testChannelOf,
      signal,
    });
    if (report.status !== 'sending' || report.nextAt === null || Date.parse(report.nextAt) > databaseNow().getTime())
      return report;
  }
}
