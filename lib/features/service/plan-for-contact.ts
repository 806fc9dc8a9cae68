import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { type Audience, type AudienceSource, gateChannelOf } from '@/lib/domain/campaign';
import { segmentRuleSchema } from '@/lib/domain/segment';
import type { Channel, Planned, SourceReason } from '@/lib/domain/service-history';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  includedWhere,
  sourceMatches,
} from '@/lib/features/audience/member-query';
import { type Explanation, explainSegment } from '@/lib/features/segments/explain-segment';
import { optOutBefore, optOutsOf } from '@/lib/features/service/left-out';

interface Facts {
  included: boolean;
  reason: string | null;
  isTwin: boolean;
  includes: boolean[];
  excludes: boolean[];
}

/** What the freezing of a run would decide about one contact at its time, by the very conditions that will decide it. */
async function decide({ sql }: Tx, q: AudienceQuery, contactId: string): Promise<Facts> {
  const { include, exclude } = q.audience;
  const flags = (sources: readonly AudienceSource[], statuses: string[]) => {
    const [first, ...rest] = sources.map((source) => sql`coalesce(${sourceMatches(sql, q, source, statuses)}, false)`);
    return first ? sql`array[${rest.reduce((all, one) => sql`${all}, ${one}`, first)}]` : sql`array[]::boolean[]`;
  };
  const address = q.gateChannel === 'sms' ? sql`c.phone` : sql`c.email`;
  const own = q.gateChannel === 'sms' ? sql`o.phone` : sql`o.email`;
  const [row] = await sql<Facts[]>`
    select coalesce(${includedWhere(sql, q)}, false) as included, ${exclusionReason(sql, q)} as reason,
           ${flags(include, ['subscribed', 'unsubscribed'])} as includes, ${flags(exclude, ['subscribed'])} as excludes,
           false as "isTwin"
    from contacts c ${audienceJoins(sql, q)} where c.workspace_id = ${q.workspaceId} and c.id = ${contactId}`;
  if (!row) return { included: false, reason: null, isTwin: false, includes: [], excludes: [] };
  if (!q.gateChannel || !row.included || row.reason !== null) return row;
  const twins = await sql`
    select 1 from contacts o join contacts c on c.workspace_id = ${q.workspaceId} and ${address} = ${own} and c.id < o.id
    ${audienceJoins(sql, q)}
    where o.workspace_id = ${q.workspaceId} and o.id = ${contactId} and ${includedWhere(sql, q)}
      and ${exclusionReason(sql, q)} is null limit 1`;
  return { ...row, isTwin: twins.length > 0 };
}

function truths(explanation: Explanation): string[] {
  if (!explanation.holds) return [];
  return explanation.parts.length === 0 ? [explanation.sentence] : explanation.parts.flatMap(truths);
}

async function reasonOf(
  ctx: Ctx,
  segmentRules: Record<string, unknown>,
  source: AudienceSource,
  contactId: string,
  names: Map<string, string>,
  now: Date,
): Promise<SourceReason> {
  if (source.kind === 'everyone') return { kind: 'everyone', name: '', because: [] };
  const name = names.get(source.id) ?? source.id;
  const rule = source.kind === 'segment' ? segmentRuleSchema.safeParse(segmentRules[source.id]) : null;
  if (!rule?.success) return { kind: source.kind, name, because: [] };
  return {
    kind: source.kind,
    name,
    because: truths(await explainSegment(ctx, { source: { rule: rule.data }, contactId }, now)),
  };
}

async function namesOf({ sql }: Tx, workspaceId: string, audience: Audience): Promise<Map<string, string>> {
  const ids = [...audience.include, ...audience.exclude].flatMap((source) => ('id' in source ? [source.id] : []));
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from lists where workspace_id = ${workspaceId} and id = any(${ids}::text[])
    union all select id, name from segments where workspace_id = ${workspaceId} and id = any(${ids}::text[])`;
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Something that will go out: a run that is scheduled, an occurrence, or what an event would start. */
export interface Dispatch {
  campaignId: string;
  campaign: string;
  audience: Audience;
  segmentRules: Record<string, unknown>;
  /** The steps that it begins with or comes to. */
  flow: { kind: string; continueWhen?: 'accepted' | 'settled' }[];
  bounceLimit: number;
  timeZone: string;
}

type Verdict = Pick<Planned, 'messages' | 'verdict' | 'reason' | 'sources' | 'optOut'>;

function messagesOf(flow: Dispatch['flow']): Channel[] {
  return flow.flatMap(({ kind }) => (kind === 'email' || kind === 'sms' ? [kind] : []));
}

/** What a dispatch would do for a contact at a moment and why, by the conditions that freezing will use then. */
export async function planFor(
  tx: Tx,
  ctx: Ctx,
  contactId: string,
  what: Dispatch,
  at: Date,
  now: Date,
): Promise<Verdict> {
  const { workspaceId } = ctx;
  const { audience, segmentRules, campaignId, bounceLimit, timeZone } = what;
  const gateChannel = gateChannelOf(what.flow, 0);
  const who = { workspaceId, audience, segmentRules, gateChannel, campaignId, bounceLimit };
  const q: AudienceQuery = { ...who, timeZone, now: at };
  const facts = await decide(tx, q, contactId);
  const reason = facts.reason ?? (facts.isTwin ? 'duplicate_address' : null);
  const sources =
    reason === 'exclude_list'
      ? audience.exclude.filter((_, i) => facts.excludes[i])
      : audience.include.filter((_, i) => facts.includes[i]);
  const names = facts.included ? await namesOf(tx, workspaceId, audience) : new Map<string, string>();
  const optOuts = reason === 'global_opt_out' ? await optOutsOf(tx, workspaceId, contactId) : [];
  const own = optOuts.filter(({ channel }) => channel === gateChannel);
  return {
    messages: messagesOf(what.flow),
    verdict: facts.included ? (reason === null ? 'will_receive' : 'left_out') : 'not_addressed',
    reason: facts.included ? reason : null,
    sources: facts.included
      ? await Promise.all(sources.map((source) => reasonOf(ctx, segmentRules, source, contactId, names, at)))
      : [],
    optOut: optOutBefore(own, now),
  };
}
