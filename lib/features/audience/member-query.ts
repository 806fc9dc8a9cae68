import type postgres from 'postgres';
import type { Audience, AudienceSource } from '@/lib/domain/campaign';
import { STANDARD_FIELDS } from '@/lib/domain/contact';
import { segmentRuleSchema } from '@/lib/domain/segment';
import { segmentWhere } from '@/lib/features/segments/segment-where';

type Sql = postgres.Sql | postgres.TransactionSql;
export type Fragment = postgres.PendingQuery<postgres.Row[]>;

export interface AudienceQuery {
  workspaceId: string;
  audience: Audience;
  segmentRules: Record<string, unknown>;
  /** The channel of the first message; its rules decide who is in. Null when nobody needs an address. */
  gateChannel: 'email' | 'sms' | null;
  /** The channel whose addresses are reached once; that of the gate if left out. */
  addressChannel?: 'email' | 'sms' | null;
  campaignId: string | null;
  bounceLimit: number;
  now: Date;
  /** Whose midnight a rule about days means. */
  timeZone: string;
  /** Only contacts whose id is greater than `after` and at most `upTo`: a part of the audience at a time. */
  range?: { after: string; upTo: string | null };
}

/** The range of ids on a column that holds a contact's; every table that is read for a part is read for that part only. */
export function inRange(sql: Sql, { range }: AudienceQuery, column: Fragment): Fragment {
  if (!range) return sql`true`;
  const { after, upTo } = range;
  return upTo === null ? sql`${column} > ${after}` : sql`(${column} > ${after} and ${column} <= ${upTo})`;
}

/** Whether contact `c` belongs to one list or segment, with one of these statuses on a list. */
export function sourceMatches(sql: Sql, q: AudienceQuery, source: AudienceSource, statuses: string[]): Fragment {
  if (source.kind === 'everyone') return sql`true`;
  if (source.kind === 'list') {
    return sql`exists (select 1 from subscriptions s where s.workspace_id = ${q.workspaceId} and s.contact_id = c.id
      and s.list_id = ${source.id} and s.status = any(${statuses}) and ${inRange(sql, q, sql`s.contact_id`)})`;
  }
  const rule = segmentRuleSchema.parse(q.segmentRules[source.id]);
  return sql`(${segmentWhere(sql, rule, { workspaceId: q.workspaceId, now: q.now, rules: q.segmentRules, timeZone: q.timeZone })})`;
}

function anyOf(sql: Sql, parts: Fragment[]): Fragment {
  const [first, ...rest] = parts;
  if (!first) return sql`false`;
  return sql`(${rest.reduce((all, part) => sql`${all} or ${part}`, first)})`;
}

/** An audience that is one list reads that list in order instead of asking it once per contact. */
export function onlyList(q: AudienceQuery): string | null {
  if (q.audience.goneOnFrom) return null;
  const [source, ...others] = q.audience.include;
  return source?.kind === 'list' && others.length === 0 ? source.id : null;
}

/** Matches every contact of the included lists (whatever their subscription) and segments. */
export function includedWhere(sql: Sql, q: AudienceQuery): Fragment {
  const { include, onlyContactIds, goneOnFrom } = q.audience;
  if (goneOnFrom) {
    const states = goneOnFrom.alsoFailed ? ['accepted', 'failed', 'skipped', 'expired'] : ['accepted'];
    return sql`exists (select 1 from deliveries d where d.workspace_id = ${q.workspaceId} and d.run_id = ${goneOnFrom.runId}
      and d.step = ${goneOnFrom.step} and d.contact_id = c.id and d.resend_of is null
      and (d.state = any(${states}::delivery_state[]) or (d.state = 'superseded' and exists (
        select 1 from deliveries n where n.workspace_id = d.workspace_id and n.contact_id = d.contact_id and n.run_id = d.run_id
          and n.step = d.step and n.resend_of = d.id and n.state = any(${states}::delivery_state[])))))`;
  }
  const sources = include.map((source) => sourceMatches(sql, q, source, ['subscribed', 'unsubscribed']));
  const included = onlyList(q) ? sql`true` : anyOf(sql, sources);
  return onlyContactIds ? sql`(c.id = any(${onlyContactIds}::text[]) and ${included})` : included;
}

/**
 * Why contact `c` is not in the audience, or null: one CASE in the order of the waterfall. Duplicate addresses are
 * found afterwards, over the whole audience.
 */
export function exclusionReason(sql: Sql, q: AudienceQuery): Fragment {
  const { audience, workspaceId } = q;
  const onlyLists = audience.include.every((source) => source.kind === 'list');
  const subscribed = onlyList(q)
    ? sql`(ls.status = 'subscribed')`
    : anyOf(
        sql,
        audience.include.map((source) => sourceMatches(sql, q, source, ['subscribed'])),
      );
  const whens: Fragment[] = [sql`when c.erased_at is not null then 'erased'`];
  if (audience.exclude.length > 0) {
    whens.push(
      sql`when ${anyOf(
        sql,
        audience.exclude.map((source) => sourceMatches(sql, q, source, ['subscribed'])),
      )} then 'exclude_list'`,
    );
  }
  whens.push(sql`when c.do_not_market then 'do_not_market'`);
  if (q.gateChannel) {
    const email = q.gateChannel === 'email';
    const optedOut = email ? sql`c.email_opted_out_at` : sql`c.sms_opted_out_at`;
    const consent = email ? sql`c.email_consent` : sql`c.sms_consent`;
    const address = email ? sql`c.email` : sql`c.phone`;
    whens.push(sql`when ${optedOut} is not null then 'global_opt_out'`);
    if (onlyLists) whens.push(sql`when not ${subscribed} then 'unsubscribed_from_list'`);
    whens.push(sql`when ${consent} = 'revoked' then 'consent_revoked'`);
    if (audience.requireConsent) whens.push(sql`when ${consent} <> 'granted' then 'consent_missing'`);
    whens.push(sql`when u.reason is not null then u.reason`);
    if (email) whens.push(sql`when c.hard_bounces >= ${q.bounceLimit} then 'bounce_limit'`);
    whens.push(sql`when ${address} is null then 'no_address'`);
  }
  if (audience.excludeReachedBy.length > 0) {
    whens.push(sql`when exists (select 1 from deliveries d join runs pr on pr.id = d.run_id
      where d.workspace_id = ${workspaceId} and d.contact_id = c.id and d.history_id is not null
      and pr.campaign_id = any(${audience.excludeReachedBy})) then 'already_reached'`);
  }
  if (audience.frequencyCap) {
    const { messages, days } = audience.frequencyCap;
    whens.push(sql`when (select count(*) from deliveries d where d.workspace_id = ${workspaceId}
      and d.contact_id = c.id and d.history_id is not null
      and d.settled_at > ${q.now}::timestamptz - make_interval(days => ${days})) >= ${messages} then 'frequency_cap'`);
  }
  if (audience.holdoutPercent > 0) {
    const salt = q.campaignId ?? '';
    whens.push(
      sql`when abs(mod(hashtextextended(c.id || ${salt}, 0), 10000)) < ${Math.round(audience.holdoutPercent * 100)} then 'holdout'`,
    );
  }
  return sql`(case ${whens.reduce((all, when) => sql`${all} ${when}`)} end)`;
}

/** What `includedWhere` and `exclusionReason` need beside `contacts c`; stands right after it. */
export function audienceJoins(sql: Sql, q: AudienceQuery): Fragment {
  const listId = onlyList(q);
  const list = listId
    ? sql`join subscriptions ls on ls.workspace_id = c.workspace_id and ls.contact_id = c.id and ls.list_id = ${listId}
        and ls.status in ('subscribed', 'unsubscribed') and ${inRange(sql, q, sql`ls.contact_id`)}`
    : sql``;
  if (!q.gateChannel) return list;
  const address = q.gateChannel === 'email' ? sql`c.email` : sql`c.phone`;
  return sql`${list} left join (
      select address, case reason when 'complaint' then 'suppressed_complaint' when 'bounce' then 'suppressed_bounce'
                                  when 'unsubscribed' then 'global_opt_out' else 'suppressed_manual' end as reason
      from suppressions where workspace_id = ${q.workspaceId} and channel = ${q.gateChannel} and address is not null
    ) u on u.address = ${address}`;
}

/**
 * The ids of an audience, once duplicates are left aside. Compare it with other people as a materialized CTE beside one of
 * theirs: the planner thinks of few on both sides, and would look everybody up one by one.
 */
export function membersOf(sql: Sql, q: AudienceQuery): Fragment {
  return sql`
    select c.id from contacts c ${audienceJoins(sql, q)}
    where c.workspace_id = ${q.workspaceId} and ${includedWhere(sql, q)} and ${exclusionReason(sql, q)} is null`;
}

/** The frozen values of the fields that content, conditions and records use, as one jsonb. */
export function snapshotOf(sql: Sql, fields: readonly string[]): Fragment {
  const pairs = fields.flatMap((field) => {
    const column = STANDARD_FIELDS[field];
    return column ? [sql`${field}::text, c.${sql(column)}`] : [sql`${field}::text, c.attributes -> ${field}`];
  });
  const [first, ...rest] = pairs;
  if (!first) return sql`'{}'::jsonb`;
  return sql`jsonb_strip_nulls(jsonb_build_object(${rest.reduce((all, pair) => sql`${all}, ${pair}`, first)}))`;
}
