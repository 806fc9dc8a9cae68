import { pool } from '@/lib/db/client';
import type { DeliveryState } from '@/lib/domain/delivery';
import type { FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { newId } from '@/lib/ids';

export interface SentRun {
  workspaceId: string;
  accountId: string;
  listId: string;
  runId: string;
  contactIds: string[];
  deliveryIds: string[];
}

export interface SentRunOptions {
  contacts?: number;
  state?: DeliveryState;
  channel?: 'email' | 'sms';
  kind?: string;
  settings?: Record<string, unknown>;
}

const LINKS = [
  { url: ['https://shop.example/phone'], label: 'See the phone' },
  { url: ['https://shop.example/?n=', { value: { field: ['first_name'], at: 0 }, filters: [] }], label: 'Yours' },
  { url: ['javascript:alert(1)'], label: 'Never' },
];

function frozenVersion(channel: 'email' | 'sms', accountId: string, listId: string): unknown {
  const workspace = { name: 'Acme', postalAddress: '1 Road' };
  const content =
    channel === 'email'
      ? {
          format: 1,
          locale: 'en',
          subject: ['Hi'],
          html: [],
          text: [],
          links: LINKS,
          isTrackingLinks: true,
          isTrackingOpens: true,
          workspace,
        }
      : { format: 1, locale: 'en', text: ['Hi'] };
  const frozen: Omit<FrozenVersion, 'flow'> & { flow: unknown[] } = {
    campaignName: 'Phone launch',
    flow: [
      {
        id: 's1',
        name: 'First',
        kind: channel,
        continueWhen: 'accepted',
        templateId: 'tpl',
        content,
        sender: {
          id: 'snd',
          name: null,
          address: 'a@acme.example',
          replyTo: null,
          bounceDomain: null,
          providerAccountId: accountId,
        },
      },
    ],
    audience: {
      include: [{ kind: 'list', id: listId }],
      exclude: [],
      excludeReachedBy: [],
      requireConsent: false,
      holdoutPercent: 0,
    },
    segmentRules: {},
    policy: { maxAttempts: 3, waveIntervalMs: 0, waveGate: 'interval' },
    notify: { emails: [], phones: [], webhookIds: [], events: [], seedContactIds: [] },
    fields: ['first_name'],
    workspace: { ...workspace, timeZone: 'UTC' },
  };
  return frozen;
}

/** A workspace whose run has sent one message to each of its contacts, for tests of what happens afterwards. */
export async function sentRun(options: SentRunOptions = {}): Promise<SentRun> {
  const { contacts = 1, state = 'accepted', channel = 'email', settings = {} } = options;
  const kind = options.kind ?? (channel === 'email' ? 'resend' : 'twilio');
  const sql = pool();
  const workspaceId = newId('workspace');
  const [accountId, listId, runId] = [newId('providerAccount'), newId('list'), newId('run')];
  const [campaignId, versionId] = [newId('campaign'), newId('version')];
  const contactIds = Array.from({ length: contacts }, () => newId('contact'));
  const errorText = state === 'failed' || state === 'in_doubt' ? 'connection lost' : null;
  await sql`insert into workspaces (id, name, slug, settings)
            values (${workspaceId}, 'Acme', ${workspaceId}, ${JSON.stringify(settings)}::jsonb)`;
  await sql`insert into provider_accounts (id, workspace_id, channel, kind, name, config)
            values (${accountId}, ${workspaceId}, ${channel}, ${kind}, 'Main', ${JSON.stringify({ kind })}::jsonb)`;
  await sql`insert into lists (id, workspace_id, name) values (${listId}, ${workspaceId}, 'News')`;
  await sql`
    insert into contacts (id, workspace_id, email, phone, first_name)
    select id, ${workspaceId}, 'p' || n || '@example.com', '+65' || (80000000 + n), 'Mei ' || n
    from unnest(${contactIds}::text[]) with ordinality t(id, n)`;
  await sql`insert into subscriptions (workspace_id, list_id, contact_id, status, source)
            select ${workspaceId}, ${listId}, id, 'subscribed', 'test' from unnest(${contactIds}::text[]) t(id)`;
  await sql`insert into campaigns (id, workspace_id, name, draft, created_by)
            values (${campaignId}, ${workspaceId}, 'Phone launch', '{}'::jsonb, 'usr')`;
  await sql`insert into campaign_versions (id, workspace_id, campaign_id, number, frozen, outline, content_sha256, created_by)
            values (${versionId}, ${workspaceId}, ${campaignId}, 1,
                    ${JSON.stringify(frozenVersion(channel, accountId, listId))}::jsonb,
                    ${JSON.stringify([{ id: 's1', name: 'First', kind: channel }])}::jsonb, 'x', 'usr')`;
  await sql`insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, base_url, launched_by, started_at,
                              audience_count, list_total)
            values (${runId}, ${workspaceId}, ${campaignId}, ${versionId}, 'k', 'Phone launch', 'sending',
                    'https://waybill.example', '{"type":"user","id":"u","name":"U"}'::jsonb, now(), ${contacts}, ${contacts})`;
  await sql`
    insert into run_members (workspace_id, run_id, contact_id, wave, email, phone, snapshot)
    select workspace_id, ${runId}, id, 1, email, phone, jsonb_build_object('first_name', first_name)
    from contacts where workspace_id = ${workspaceId}`;
  const [batch] = await sql<{ id: string }[]>`
    insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, size)
    values (${workspaceId}, ${runId}, 0, 1, 'done', ${accountId}, ${contacts}) returning id`;
  const rows = await sql<{ id: string }[]>`
    insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, settled_at, attempts,
                            error_class, error_code, error_text, provider_message_id, history_id)
    select ${workspaceId}, ${runId}, 0, id, ${batch?.id ?? '0'}, ${state}, ${state === 'queued' ? null : new Date()}, 1,
           ${state === 'failed' ? 'provider' : null}::error_class, ${state === 'failed' ? 'lost' : null}, ${errorText}, 'pm_' || n,
           case when ${state === 'accepted'} then nextval('interactions_id_seq') end
    from unnest(${contactIds}::text[]) with ordinality t(id, n) order by n returning id`;
  if (state !== 'queued') {
    await sql`insert into run_counters (workspace_id, run_id, step, wave, state, shard, n)
              values (${workspaceId}, ${runId}, 0, 1, ${state}, 0, ${contacts})`;
    await sql`
      insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id)
      select workspace_id, contact_id, ${`${channel}.${state}`}, step, id, run_id from deliveries
      where run_id = ${runId} and state <> 'accepted'`;
  }
  if (errorText) {
    await sql`insert into delivery_issues (workspace_id, run_id, delivery_id, step, state, cause)
              select workspace_id, run_id, id, step, state, 'lost' from deliveries where run_id = ${runId}`;
  }
  return { workspaceId, accountId, listId, runId, contactIds, deliveryIds: rows.map((row) => row.id) };
}
