import { authorise, type Ctx, may } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { type Finding, type FinishTime, finishTime } from '@/lib/domain/preflight';
import type { RunStatus } from '@/lib/domain/run';
import type { WorkspaceHours } from '@/lib/domain/send-hours';
import { type AudienceCount, audienceQueryOf, countAudienceIn } from '@/lib/features/audience/count-audience';
import type { AudienceQuery } from '@/lib/features/audience/member-query';
import { approvalThreshold, isApproved } from '@/lib/features/campaigns/approve-campaign';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { type Campaign, findCampaign } from '@/lib/features/campaigns/get-campaign';
import { type Clash, clashFindings, countRepeats, findClashes } from '@/lib/features/campaigns/preflight-clashes';
import { ownOccurrences } from '@/lib/features/campaigns/preflight-coming';
import { inspectContent, type PreflightLink, type SmsEstimate } from '@/lib/features/campaigns/preflight-content';
import { countElsewhere, hasFreeTexts, hoursFindings } from '@/lib/features/campaigns/preflight-hours';
import { type AudienceScan, type Person, scanAudience } from '@/lib/features/campaigns/preflight-people';
import { firstOccurrence, recurrenceFindings } from '@/lib/features/campaigns/preflight-recurrence';
import { inspectSenders } from '@/lib/features/campaigns/preflight-senders';
import { timeFindings } from '@/lib/features/campaigns/preflight-time';
import { loadStepContents } from '@/lib/features/campaigns/step-content';

export interface PreflightApproval {
  /** Launches above this need a second person; null in workspaces that ask for none. */
  above: number | null;
  isNeeded: boolean;
  isGiven: boolean;
  requestedBy: { id: string; name: string } | null;
  approvedBy: { id: string; name: string } | null;
}

export interface PreflightReport {
  campaignId: string;
  name: string;
  revision: number;
  findings: Finding[];
  count: AudienceCount;
  people: Omit<Person, 'values'>[];
  /** Message steps that can be shown, and why somebody's message cannot be made, by `step:person`. */
  steps: { id: string; name: string; kind: 'email' | 'sms' }[];
  broken: Record<string, string>;
  links: PreflightLink[];
  sms: SmsEstimate[];
  smsPrice: { amount: number; currency: string } | null;
  startAt: Date;
  finish: FinishTime;
  clashes: Clash[];
  approval: PreflightApproval;
  /** The run that this very revision was launched as; it is not launched twice. */
  launched: { runId: string; status: RunStatus } | null;
  mayLaunch: boolean;
}

const NOBODY: AudienceCount = { listTotal: 0, excluded: [], audience: 0 };
const NUMBER = new Intl.NumberFormat('en');

interface AudienceFacts {
  count: AudienceCount;
  scan: AudienceScan;
  clashes: Clash[];
  /** People that this campaign reached before; null where that could not be counted. */
  repeats: number | null;
  elsewhere: number;
}

const NOTHING_ASKED: AudienceFacts = {
  count: NOBODY,
  scan: { missing: {}, people: [], sample: [] },
  clashes: [],
  repeats: 0,
  elsewhere: 0,
};

interface AudienceQuestion {
  query: AudienceQuery;
  fields: string[];
  startAt: Date;
  moments: Date[];
  ownRunId: string | null;
  hours: WorkspaceHours | undefined;
}

/** What asking the audience brings. Each question reads all of it, so they are asked side by side. */
async function askAudience(ctx: Ctx, draft: CampaignDraft, about: AudienceQuestion): Promise<AudienceFacts> {
  const { query, moments, ownRunId } = about;
  const isOnEvent = draft.schedule.kind === 'event';
  const isRecurring = draft.schedule.kind === 'recurring';
  const [counted, scan, beside] = await Promise.all([
    withTx(ctx, async (tx) => ({
      count: await countAudienceIn(tx, query),
      elsewhere: hasFreeTexts(draft, about.hours) ? await countElsewhere(tx, query, about.startAt) : 0,
    })),
    withTx(ctx, (tx) => scanAudience(tx, query, about.fields)),
    withTx(ctx, async (tx) => ({
      clashes: isOnEvent ? [] : await findClashes(tx, query, { moments, ownRunId, isRecurring }),
      // that a recurring campaign reaches people again is its purpose
      repeats: isOnEvent || isRecurring ? 0 : await countRepeats(tx, query),
    })),
  ]);
  return { ...counted, scan, ...beside };
}

async function peopleOf({ sql }: Tx, ids: (string | null)[]): Promise<Map<string, string>> {
  const rows = await sql<{ id: string; name: string }[]>`select id, name from users where id = any(${ids}::text[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

async function approvalOf(tx: Tx, ws: string, campaign: Campaign, audience: number): Promise<PreflightApproval> {
  const above = await approvalThreshold(tx, ws);
  const { approvalRequestedBy, approvedBy } = campaign;
  const names = await peopleOf(tx, [approvalRequestedBy, approvedBy]);
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? 'a former member' });
  return {
    above,
    // an event reaches one contact at a time
    isNeeded: above !== null && audience > above && campaign.draft.schedule.kind !== 'event',
    isGiven: isApproved(campaign),
    requestedBy: person(approvalRequestedBy),
    approvedBy: isApproved(campaign) ? person(approvedBy) : null,
  };
}

interface SettingsRow {
  timeZone: string;
  smsPrice: PreflightReport['smsPrice'];
  hours: WorkspaceHours | null;
}

async function gather(tx: Tx, ws: string, campaignId: string) {
  const { sql } = tx;
  const campaign = await findCampaign(tx, ws, campaignId);
  const { schedule } = campaign.draft;
  const [settings] = await sql<SettingsRow[]>`
    select time_zone as "timeZone", settings -> 'smsPrice' as "smsPrice", settings -> 'sendHours' as hours
    from workspaces where id = ${ws}`;
  const planned =
    schedule.kind === 'at' ? new Date(schedule.at) : firstOccurrence(campaign, settings?.timeZone ?? 'UTC');
  const startAt = new Date(Math.max(Date.now(), planned?.getTime() ?? 0));
  const own = await ownOccurrences(tx, ws, campaign, settings?.timeZone ?? 'UTC');
  const moments = own.length > 0 ? own : [startAt];
  const critical = await criticalFindings(tx, ws, campaign);
  const { workspace, contents } = await loadStepContents(tx, ws, campaign.draft);
  const fields = [...new Set(contents.flatMap((content) => content.fields))];
  const isAskable = !critical.some(({ code }) => code === 'segment_gone' || code === 'no_audience');
  const [launched] = await sql<{ runId: string; status: RunStatus }[]>`
    select id as "runId", status from runs where workspace_id = ${ws} and campaign_id = ${campaignId}
      and occurrence_key = ${`revision:${campaign.revision}`}`;
  const { audience, flow } = campaign.draft;
  const question: AudienceQuestion | null = isAskable
    ? {
        query: await audienceQueryOf(tx, ws, { audience, flow, campaignId: campaign.id }),
        fields,
        startAt,
        moments,
        ownRunId: launched?.runId ?? null,
        hours: settings?.hours ?? undefined,
      }
    : null;
  const senders = await inspectSenders(tx, ws, contents);
  return { campaign, startAt, moments, critical, workspace, contents, question, settings, launched, senders };
}

/**
 * Everything that can be known before a launch, counted and rendered from what is stored now: what stops it, what a
 * person must accept, whom it reaches, the worst messages, links, cost and time. Reads only.
 */
export async function preflight(ctx: Ctx, campaignId: string): Promise<PreflightReport> {
  authorise(ctx, 'campaigns.read');
  const facts = await withTx(ctx, (tx) => gather(tx, ctx.workspaceId, campaignId));
  const { campaign, question, startAt } = facts;
  const asked = question ? await askAudience(ctx, campaign.draft, question) : NOTHING_ASKED;
  const { count, clashes, repeats } = asked;
  const approval = await withTx(ctx, (tx) => approvalOf(tx, ctx.workspaceId, campaign, count.audience));
  const content = inspectContent(facts.workspace, facts.contents, asked.scan, count.audience);
  const { flow, policy } = campaign.draft;
  const { accounts } = facts.senders;
  const timeZone = facts.settings?.timeZone ?? 'UTC';
  const workspace = facts.settings?.hours ?? undefined;
  const times = { startAtMs: startAt.getTime(), hours: { workspace, timeZone } };
  const finish = finishTime({ flow, policy, audience: count.audience, accounts, ...times });
  const findings: Finding[] = facts.critical.map(({ code, message, fix }) => ({
    level: 'critical',
    code,
    title: message,
    fix,
  }));
  if (
    campaign.draft.audience.include.length > 0 &&
    count.audience === 0 &&
    !findings.some((f) => f.code === 'segment_gone')
  ) {
    const title =
      count.listTotal === 0
        ? 'Nobody is in the chosen lists and segments.'
        : `Nobody would get it: all ${NUMBER.format(count.listTotal)} are left out.`;
    findings.push({
      // the next occurrences may find somebody
      level: campaign.draft.schedule.kind === 'recurring' ? 'warning' : 'critical',
      code: 'nobody',
      title,
      fix: { label: 'Change who gets it', href: `/campaigns/${campaignId}#who` },
    });
  }
  if (repeats !== 0) {
    findings.push({
      level: 'warning',
      code: 'repeat',
      title:
        repeats === null
          ? 'Some of these people may have been sent this campaign before'
          : `${NUMBER.format(repeats)} of these people were sent this campaign before`,
      detail: `${repeats === null ? 'It went out too often to count them here. ' : ''}To reach only the others, leave out people reached by this campaign.`,
      ...(repeats !== null && { contacts: repeats }),
      fix: { label: 'Change who gets it', href: `/campaigns/${campaignId}#who` },
    });
  }
  // a tag that no contact has is critical by itself; that everybody lacks it would be the same fact twice
  const isSaid = (code: string) =>
    facts.critical.some((critical) => critical.code === code.replace('no_fallback:', 'unknown_tag:'));
  findings.push(
    ...content.findings.filter(({ code }) => !isSaid(code)),
    ...facts.senders.findings,
    ...timeFindings(campaign, finish, startAt, { timeZone, workspace }),
    ...recurrenceFindings(campaign, finish, timeZone),
    ...hoursFindings({
      campaignId,
      draft: campaign.draft,
      workspace,
      timeZone,
      startAt,
      elsewhere: asked.elsewhere,
    }),
    ...clashFindings(clashes, count.audience, facts.moments, timeZone),
  );
  return {
    campaignId,
    name: campaign.name,
    revision: campaign.revision,
    findings,
    count,
    people: asked.scan.people.map(({ values: _, ...person }) => person),
    steps: facts.contents.map(({ kind, step }) => ({ id: step.id, name: step.name, kind })),
    broken: content.broken,
    links: content.links,
    sms: content.sms,
    smsPrice: facts.settings?.smsPrice ?? null,
    startAt,
    finish,
    clashes,
    approval,
    launched: facts.launched ?? null,
    mayLaunch: may(ctx, 'campaigns.launch'),
  };
}
