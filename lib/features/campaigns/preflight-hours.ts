import type { Tx } from '@/lib/db/client';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { zonesFor } from '@/lib/domain/phone-zones';
import type { Finding } from '@/lib/domain/preflight';
import {
  type HoursChannel,
  hoursOf,
  hoursWords,
  isWider,
  nextOpening,
  type SendHours,
  type WorkspaceHours,
} from '@/lib/domain/send-hours';
import { toWallClock } from '@/lib/domain/zoned-time';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  includedWhere,
} from '@/lib/features/audience/member-query';

const NAMES: Record<HoursChannel, string> = { email: 'Email', sms: 'SMS' };
const NUMBER = new Intl.NumberFormat('en');
/** A plus sign and the longest beginning of a number that says where it is. */
const PREFIX_LENGTH = 5;

/** How many of the audience have another time of day than the workspace: their clocks are counted by group, not one by one. */
export async function countElsewhere({ sql }: Tx, query: AudienceQuery, at: Date): Promise<number> {
  const groups = await sql<{ timeZone: string | null; phone: string | null; n: number }[]>`
    select c.time_zone as "timeZone", left(c.phone, ${PREFIX_LENGTH}) as phone, count(*)::int as n
    from contacts c ${audienceJoins(sql, query)}
    where c.workspace_id = ${query.workspaceId} and c.phone is not null and ${includedWhere(sql, query)}
      and ${exclusionReason(sql, query)} is null
    group by 1, 2`;
  const here = toWallClock(at.toISOString(), query.timeZone);
  return groups.reduce((sum, { n, ...person }) => {
    const zones = zonesFor({ whose: 'contact' }, person, query.timeZone);
    return zones.every((zone) => toWallClock(at.toISOString(), zone) === here) ? sum : sum + n;
  }, 0);
}

/** Whether the flow has text messages that nothing keeps from arriving at night. */
export function hasFreeTexts({ flow, policy }: CampaignDraft, workspace: WorkspaceHours | undefined): boolean {
  return flow.some(({ kind }) => kind === 'sms') && hoursOf('sms', policy.hours, workspace) === null;
}

export interface HoursFacts {
  campaignId: string;
  draft: CampaignDraft;
  workspace: WorkspaceHours | undefined;
  timeZone: string;
  startAt: Date;
  /** People who get text messages at a time of day that is not the workspace's. */
  elsewhere: number;
}

function widerFinding(channel: HoursChannel, own: SendHours | null, standard: SendHours | null): Finding[] {
  if (!standard || !isWider(own, standard)) return [];
  return [
    {
      level: 'warning',
      code: `hours_wider:${channel}`,
      title: `${NAMES[channel]} may go ${own ? hoursWords(own) : 'at any time'}; this workspace keeps to ${hoursWords(standard)}`,
      detail: 'Set hours within those of the workspace, or accept that this campaign goes beyond them.',
    },
  ];
}

/** What the hours of a campaign mean for this launch: wider than the workspace’s, closed at the start, or too late. */
export function hoursFindings(facts: HoursFacts): Finding[] {
  const { draft, workspace, timeZone, startAt } = facts;
  const { flow, policy } = draft;
  const fix = { label: 'Change the hours', href: `/campaigns/${facts.campaignId}#when` };
  const found: Finding[] = [];
  const channels = (['email', 'sms'] as const).filter((channel) => flow.some(({ kind }) => kind === channel));
  for (const channel of channels) {
    const hours = hoursOf(channel, policy.hours, workspace);
    found.push(...widerFinding(channel, hours, workspace?.[channel] ?? null));
    if (!hours || draft.schedule.kind === 'event') continue;
    const opensAtMs = nextOpening(hours, [timeZone], startAt.getTime());
    const { expireAfterMs } = policy;
    if (expireAfterMs !== undefined && opensAtMs >= startAt.getTime() + expireAfterMs) {
      found.push({
        level: 'warning',
        code: `hours_after_expiry:${channel}`,
        title: `${NAMES[channel]} goes ${hoursWords(hours)}, and this campaign gives up before that`,
        detail: 'Nobody would get it. Start it earlier, allow more time, or change the hours.',
      });
    } else if (
      opensAtMs > startAt.getTime() &&
      flow.find(({ kind }) => kind !== 'wait' && kind !== 'condition')?.kind === channel
    ) {
      found.push({
        level: 'note',
        code: `hours_closed:${channel}`,
        title: `Nothing leaves at the start: ${NAMES[channel]} goes ${hoursWords(hours)}`,
        detail: 'Messages wait and go on by themselves.',
      });
    }
  }
  if (facts.elsewhere > 0 && hasFreeTexts(draft, workspace)) {
    found.push({
      level: 'warning',
      code: 'sms_in_other_zones',
      title: `Text messages keep to no hours, and for ${NUMBER.format(facts.elsewhere)} ${facts.elsewhere === 1 ? 'person' : 'people'} it may be another time of day`,
      detail: 'Hours by each customer’s own clock keep messages from arriving at night.',
      contacts: facts.elsewhere,
    });
  }
  return found.map((finding) => ({ ...finding, fix }));
}
