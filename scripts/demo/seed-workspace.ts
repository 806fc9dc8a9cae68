import { createReadStream } from 'node:fs';
import path from 'node:path';
import { phoneLaunchEmail, phoneLaunchSms } from '@/emails/phone-launch';
import { STARTERS } from '@/emails/starters';
import type { Ctx } from '@/lib/context';
import { type Tx, withSystemTx, withTx } from '@/lib/db/client';
import { activateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { inspectUpload } from '@/lib/features/imports/inspect-upload';
import { startImport } from '@/lib/features/imports/start-import';
import { storeUpload } from '@/lib/features/imports/store-upload';
import { createList } from '@/lib/features/lists/create-list';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { createOutputTable } from '@/lib/features/outputs/create-output-table';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { createSegment } from '@/lib/features/segments/create-segment';
import { createSender } from '@/lib/features/senders/save-sender';
import { createTemplate } from '@/lib/features/templates/create-template';
import { findOrCreateUser } from '@/lib/features/workspaces/create-user';
import { createWorkspaceIn } from '@/lib/features/workspaces/create-workspace';
import type { DemoStack } from './scenario';

export const OWNER = { email: 'mei.tan@merlion-mobile.example', name: 'Mei Tan' };
// every script works in the root of the project
const SAMPLE = path.resolve('public', 'samples', 'launch-invitees.csv');

export interface DemoThings {
  ctx: Ctx;
  listId: string;
  staffListId: string;
  segmentId: string;
  emailTemplateId: string;
  smsTemplateId: string;
  emailSenderId: string;
  smsSenderId: string;
  mailedTableId: string;
  textedTableId: string;
}

/** The id of a thing by its name, or of a new one; so an interrupted start goes on where it was. */
async function once(ctx: Ctx, table: string, name: string, make: () => Promise<{ id: string }>): Promise<string> {
  const [known] = await withTx(ctx, async ({ sql }) => {
    return await sql<{ id: string }[]>`
      select id from ${sql(table)} where workspace_id = ${ctx.workspaceId} and name = ${name} order by id limit 1`;
  });
  return known?.id ?? (await make()).id;
}

async function demoOwner(tx: Tx): Promise<{ workspaceId: string; userId: string }> {
  const [known] = await tx.sql<{ workspaceId: string; userId: string }[]>`
    select w.id as "workspaceId", m.user_id as "userId" from workspaces w join members m on m.workspace_id = w.id
    where w.demo and m.role = 'owner' order by w.created_at limit 1`;
  if (known) return known;
  const user = await findOrCreateUser(tx, { ...OWNER, passwordHash: null });
  const { id } = await createWorkspaceIn(
    tx,
    { userId: user.id, name: user.name },
    { name: 'Merlion Mobile', timeZone: 'Asia/Singapore', demo: true },
  );
  const settings = {
    postalAddress: 'Merlion Mobile Pte Ltd\n1 Fullerton Road\nSingapore 049213',
    defaultCountry: 'SG',
  };
  await tx.sql`update workspaces set settings = settings || ${JSON.stringify(settings)}::jsonb where id = ${id}`;
  return { workspaceId: id, userId: user.id };
}

async function demoProviders(
  ctx: Ctx,
  stack: Omit<DemoStack, 'say' | 'signal'>,
): Promise<{ emailAccountId: string; smsAccountId: string }> {
  const email = { kind: 'capture_email' as const, host: '127.0.0.1', port: stack.captureSmtpPort };
  const sms = { kind: 'capture_sms' as const, baseUrl: stack.captureHttpUrl };
  const emailAccountId = await once(ctx, 'provider_accounts', 'Local mail relay', () =>
    createProviderAccount(ctx, { name: 'Local mail relay', config: email }),
  );
  const smsAccountId = await once(ctx, 'provider_accounts', 'Local SMS gateway', () =>
    createProviderAccount(ctx, { name: 'Local SMS gateway', config: sms }),
  );
  // the launcher may have had to take other ports this time
  await withTx(ctx, async ({ sql }) => {
    for (const [id, config] of [
      [emailAccountId, email],
      [smsAccountId, sms],
    ] as const) {
      await sql`update provider_accounts set config = config || ${JSON.stringify(config)}::jsonb, updated_at = now()
        where workspace_id = ${ctx.workspaceId} and id = ${id} and not config @> ${JSON.stringify(config)}::jsonb`;
    }
  });
  return { emailAccountId, smsAccountId };
}

export async function seedWorkspace(stack: DemoStack): Promise<DemoThings> {
  const { workspaceId, userId } = await withSystemTx(demoOwner);
  return await furnish({ workspaceId, actor: { type: 'user', userId, name: OWNER.name, role: 'owner' } }, stack);
}

/** Everything the campaign needs, made through the same verbs the dashboard uses. */
export async function furnish(ctx: Ctx, stack: Omit<DemoStack, 'say' | 'signal'>): Promise<DemoThings> {
  const { emailAccountId, smsAccountId } = await demoProviders(ctx, stack);
  const listId = await once(ctx, 'lists', 'Launch invitees', () => createList(ctx, { name: 'Launch invitees' }));
  const staffListId = await once(ctx, 'lists', 'Staff and test phones', () =>
    createList(ctx, { name: 'Staff and test phones' }),
  );
  const segmentId = await once(ctx, 'segments', 'Phone launch invitees', () =>
    createSegment(ctx, {
      name: 'Phone launch invitees',
      rule: { kind: 'group', match: 'all', rules: [{ kind: 'list', listId, is: 'subscribed' }] },
    }),
  );
  for (const starter of STARTERS) {
    await once(ctx, 'templates', starter.name, () =>
      createTemplate(ctx, { channel: 'email', name: starter.name, content: starter.email }),
    );
  }
  return {
    ctx,
    listId,
    staffListId,
    segmentId,
    emailTemplateId: await once(ctx, 'templates', 'Aurora 9 launch', () =>
      createTemplate(ctx, { channel: 'email', name: 'Aurora 9 launch', content: phoneLaunchEmail }),
    ),
    smsTemplateId: await once(ctx, 'templates', 'Aurora 9 reminder', () =>
      createTemplate(ctx, { channel: 'sms', name: 'Aurora 9 reminder', content: { text: phoneLaunchSms } }),
    ),
    emailSenderId: await once(ctx, 'senders', 'Merlion News', () =>
      createSender(ctx, {
        channel: 'email',
        name: 'Merlion News',
        fromName: 'Merlion Mobile',
        address: 'news@merlion-mobile.example',
        providerAccountId: emailAccountId,
      }),
    ),
    smsSenderId: await once(ctx, 'senders', 'Merlion SMS', () =>
      createSender(ctx, { channel: 'sms', name: 'Merlion SMS', address: 'Merlion', providerAccountId: smsAccountId }),
    ),
    mailedTableId: await once(ctx, 'output_tables', 'Launch mailed', () =>
      createOutputTable(ctx, {
        name: 'Launch mailed',
        columns: ['external_id', 'email', 'plan', 'outcome', 'sent_at'],
      }),
    ),
    textedTableId: await once(ctx, 'output_tables', 'Launch texted', () =>
      createOutputTable(ctx, {
        name: 'Launch texted',
        columns: ['external_id', 'phone', 'plan', 'outcome', 'sent_at'],
      }),
    ),
  };
}

/** Imports the sample file through the real import, once; the worker does the rows. Answers the import's id. */
export async function importInvitees(things: DemoThings): Promise<string> {
  const { ctx, listId } = things;
  const [known] = await withTx(ctx, async ({ sql }) => {
    return await sql<{ id: string }[]>`
      select id from imports where workspace_id = ${ctx.workspaceId} and list_id = ${listId} order by created_at limit 1`;
  });
  if (known) return known.id;
  const upload = await storeUpload(ctx, {
    fileName: 'launch-invitees.csv',
    mediaType: 'text/csv',
    stream: createReadStream(SAMPLE),
  });
  const seen = await inspectUpload(ctx, { uploadId: upload.id });
  const { encoding, delimiter, hasHeader, dateOrder } = seen;
  const { id } = await startImport(ctx, {
    uploadId: upload.id,
    mapping: seen.mapping,
    options: { encoding, delimiter, hasHeader, dateOrder },
    listId,
  });
  return id;
}

/** Some of the invited are staff, and some have asked to be left alone, so that the waterfall has something to say. */
export async function setSomeAside(things: DemoThings): Promise<void> {
  const { ctx, staffListId } = things;
  const staff = await withTx(ctx, async ({ sql }) => {
    await sql`
      update contacts set do_not_market = true where workspace_id = ${ctx.workspaceId} and id in (
        select id from contacts where workspace_id = ${ctx.workspaceId} and last_name = 'Dubois' order by id limit 11)`;
    return await sql<{ id: string }[]>`
      select id from contacts where workspace_id = ${ctx.workspaceId} and last_name = 'Ang' and not do_not_market order by id limit 24`;
  });
  if (staff.length === 0) return;
  await subscribeContacts(ctx, {
    listId: staffListId,
    contactIds: staff.map(({ id }) => id),
    source: 'staff directory',
  });
}

/** What else a workspace in daily use holds: a campaign for Friday and one still being written. */
export async function planMore(things: DemoThings): Promise<void> {
  const { ctx } = things;
  const audience = {
    include: [{ kind: 'segment' as const, id: things.segmentId }],
    exclude: [{ kind: 'list' as const, id: things.staffListId }],
  };
  const step = {
    id: 'sms',
    name: 'Reminder',
    kind: 'sms' as const,
    templateId: things.smsTemplateId,
    senderId: things.smsSenderId,
  };
  await once(ctx, 'campaigns', 'Trade-in offer', () =>
    createCampaign(ctx, { name: 'Trade-in offer', draft: { audience, policy: {}, notify: {} } }),
  );
  const reminderId = await once(ctx, 'campaigns', 'Contract end reminder', () =>
    createCampaign(ctx, {
      name: 'Contract end reminder',
      draft: {
        audience,
        flow: [step],
        policy: {},
        notify: {},
        schedule: { kind: 'at', at: new Date(Date.now() + 3 * 86_400_000).toISOString() },
      },
    }),
  );
  await launchCampaign(ctx, { campaignId: reminderId });
  await planRecurring(things);
}

/** A campaign that comes again and again, activated once: a second start of the demo leaves it as people have made it. */
async function planRecurring({ ctx, segmentId, staffListId, smsTemplateId, smsSenderId }: DemoThings): Promise<void> {
  const name = 'Upgrade Monday';
  let isNew = false;
  const campaignId = await once(ctx, 'campaigns', name, () => {
    isNew = true;
    return createCampaign(ctx, {
      name,
      draft: {
        audience: {
          include: [{ kind: 'segment', id: segmentId }],
          exclude: [{ kind: 'list', id: staffListId }],
          frequencyCap: { messages: 3, days: 7 },
        },
        flow: [{ id: 'sms', name: 'Offer of the week', kind: 'sms', templateId: smsTemplateId, senderId: smsSenderId }],
        policy: {},
        notify: { emails: [OWNER.email] },
        schedule: {
          kind: 'recurring',
          repeat: { unit: 'week', on: ['monday'] },
          times: ['10:00'],
          timeZone: 'Asia/Singapore',
          expect: { doneWithinMs: 4 * 3_600_000 },
        },
      },
    });
  });
  if (isNew) await activateCampaign(ctx, { campaignId });
}
