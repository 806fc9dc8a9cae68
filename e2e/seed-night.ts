import type { Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { USUAL_HOURS } from '@/lib/domain/send-hours';
import { activateCampaign, deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { updateCampaign } from '@/lib/features/campaigns/update-campaign';
import { createContact } from '@/lib/features/contacts/create-contact';
import { defineAttribute } from '@/lib/features/contacts/define-attribute';
import { subscribeContacts } from '@/lib/features/lists/subscribe-contacts';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { runOccurrenceNow } from '@/lib/features/occurrences/run-occurrence-now';
import { skipOccurrence } from '@/lib/features/occurrences/skip-occurrence';
import { decideOccurrence } from '@/lib/features/recurrences/occurrence-row';
import { runProgress } from '@/lib/features/runs/run-progress';
import { sendRunLaunched } from '@/lib/jobs/send-events';
import { type DemoThings, furnish } from '../scripts/demo/seed-workspace';
import { zoneAt } from './zone-at';

const DAY_MS = 86_400_000;
const LONG_ADDRESS = 'wilhelmina.featherstonehaugh-cholmondeley@customer-relations.nordic-telecommunications.example';

const ATTRIBUTES = [
  { label: 'Plan', key: 'plan', type: 'text' },
  { label: 'Device', key: 'device', type: 'text' },
  { label: 'Monthly spend', key: 'monthly_spend', type: 'number' },
  { label: 'Contract end', key: 'contract_end', type: 'date' },
] as const;

type Capture = Parameters<typeof furnish>[1];

/** Eight people for whom it is three in the night, the first with an address as long as addresses get. */
async function sleepers({ ctx, listId }: DemoThings): Promise<void> {
  for (const attribute of ATTRIBUTES) await defineAttribute(ctx, attribute);
  const contactIds: string[] = [];
  for (const n of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const { id } = await createContact(ctx, {
      externalId: `N-${n}`,
      email: n === 1 ? LONG_ADDRESS : `sleeper${n}@example.com`,
      phone: `+479000000${n}`,
      firstName: n === 1 ? 'Wilhelmina' : 'Ola',
      lastName: n === 1 ? 'Featherstonehaugh-Cholmondeley' : 'Nordmann',
      timeZone: zoneAt(3),
      attributes: {
        plan: n % 2 ? 'Unlimited' : 'Small',
        device: 'Polar 7',
        monthly_spend: 300 + n,
        contract_end: '2027-05-31',
      },
    });
    contactIds.push(id);
  }
  await subscribeContacts(ctx, { listId, contactIds, source: 'seed' });
}

function drafts(t: DemoThings) {
  const audience = { include: [{ kind: 'list' as const, id: t.listId }] };
  const sms = {
    id: 'sms',
    name: 'Evening text',
    kind: 'sms' as const,
    templateId: t.smsTemplateId,
    senderId: t.smsSenderId,
  };
  const evening: CampaignDraftInput = {
    audience,
    flow: [
      sms,
      {
        id: 'gate',
        name: 'Who got it',
        kind: 'condition',
        onlyIf: { kind: 'engagement', stepId: 'sms', is: 'delivered' },
      },
      { id: 'wait', name: 'A day later', kind: 'wait', until: { kind: 'duration', ms: DAY_MS } },
      {
        id: 'mail',
        name: 'Offer by email',
        kind: 'email',
        templateId: t.emailTemplateId,
        senderId: t.emailSenderId,
        onlyIf: { kind: 'attribute', field: 'plan', op: 'equals', value: 'Unlimited' },
      },
    ],
    policy: { hours: { sms: { ...USUAL_HOURS.sms, days: [1, 2, 3, 4, 5, 6, 7], from: '10:00' } } },
    notify: { emails: ['night@midnattsol.example'] },
  };
  const weekly: CampaignDraftInput = {
    audience,
    flow: [{ ...sms, name: 'News of the week' }],
    policy: { hours: { sms: 'any' } },
    notify: { emails: ['night@midnattsol.example'] },
    schedule: {
      kind: 'recurring',
      repeat: { unit: 'week', every: 2, on: ['monday', 'wednesday', 'saturday'] },
      times: ['09:00', '17:30'],
      timeZone: 'Europe/Oslo',
      end: { kind: 'after', occurrences: 20 },
      expect: { volume: { least: 0.5, most: 2 }, doneWithinMs: DAY_MS / 6 },
    },
  };
  return { evening, weekly };
}

/** One occurrence that ran, two that did not, one that is left out, and a draft that was changed since. */
async function liveThrough(ctx: Ctx, campaignId: string, weekly: CampaignDraftInput): Promise<void> {
  const { workspaceId } = ctx;
  await activateCampaign(ctx, { campaignId });
  const { runId } = await runOccurrenceNow(ctx, { campaignId, requestKey: 'seed-night' });
  await sendRunLaunched({ workspaceId, runId });
  const { coming } = await listOccurrences(ctx, { campaignId });
  await skipOccurrence(ctx, { campaignId, plannedAt: coming[2]?.plannedAt.toISOString() ?? '' });
  const ago = (days: number) => new Date(Math.floor(Date.now() / DAY_MS - days) * DAY_MS);
  await withTx(ctx, async (tx) => {
    const where = { workspaceId, campaignId };
    const missed = 'Nothing that could start it was running from 08:58 to 11:20. It was not started late.';
    const left = 'The occurrence before had not ended.';
    await decideOccurrence(tx, where, { plannedAt: ago(3), state: 'missed', runId: null, reason: missed });
    await decideOccurrence(tx, where, { plannedAt: ago(5), state: 'skipped', runId: null, reason: left });
  });
  await updateCampaign(ctx, { campaignId, revision: 1, draft: { ...weekly, policy: {} } });
}

/** The last occurrence was not what was expected, once it was looked at; so the overview says that something needs a person. */
async function tellUnusual({ sql }: Tx, workspaceId: string): Promise<boolean> {
  const told = await sql`
    update occurrences set unexpected = 'unusual', unexpected_words = 'Far fewer people than usual: 8 beside a median of 2,431.'
    where workspace_id = ${workspaceId} and state = 'run' and judged_at is not null`;
  return told.count === 1;
}

/**
 * A workspace where it is night: a run waits for the morning, one campaign comes again and again with all that can become
 * of an occurrence, one came and comes no more, and others are being written. Answers the run that waits.
 */
export async function seedNight(ctx: Ctx, capture: Capture): Promise<string> {
  const things = await furnish(ctx, capture);
  await sleepers(things);
  const { evening, weekly } = drafts(things);
  const settings = {
    sendHours: { sms: USUAL_HOURS.sms },
    postalAddress: 'Midnattsol Mobil AS\nStorgata 1\n9008 Tromsø',
  };
  await withTx(ctx, ({ sql }) => {
    return sql`update workspaces set settings = settings || ${JSON.stringify(settings)}::jsonb where id = ${ctx.workspaceId}`;
  });
  const campaign = async (name: string, draft: CampaignDraftInput) => (await createCampaign(ctx, { name, draft })).id;
  const { runId } = await launchCampaign(ctx, { campaignId: await campaign('Good evening', evening) });
  await sendRunLaunched({ workspaceId: ctx.workspaceId, runId });
  await campaign('Not sent yet', evening);
  await campaign('Never begun', weekly);
  await liveThrough(ctx, await campaign('News of the week', weekly), weekly);
  const over = await campaign('Summer greetings', weekly);
  await activateCampaign(ctx, { campaignId: over });
  await deactivateCampaign(ctx, over);
  for (const endMs = Date.now() + 60_000; Date.now() < endMs; ) {
    const isJudged = await withTx(ctx, (tx) => tellUnusual(tx, ctx.workspaceId));
    if (isJudged && (await runProgress(ctx, runId)).outsideHours) return runId;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The run that waits for the morning does not wait.');
}
