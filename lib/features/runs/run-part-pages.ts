import { z } from 'zod';
import type { Tx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import type { Fragment } from '@/lib/features/audience/member-query';
import { hitKind } from '@/lib/features/runs/hit-kind';
import type { PageRequest, RowFact } from '@/lib/features/runs/run-row-pages';

export const OPENED_BY = ['people', 'machines', 'unknown'] as const;

/** Narrows the rows of a run to a part of its people: those behind a number of one wave, one domain or one link. */
export const runPartSchema = z.object({
  wave: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** What stands behind the @ of the address, in lower case; `unknown` for who has none. */
  domain: z.string().max(300).optional(),
  /** The number of a link in the message, from 0: those who clicked it. */
  link: z.coerce.number().int().min(0).max(32_000).optional(),
  /** By whom it was opened, as the reports tell it. */
  openedBy: z.enum(OPENED_BY).optional(),
});
export type RunPart = z.output<typeof runPartSchema>;

/** Sorts after every id. */
const LAST_ID = '\u{10ffff}';
const ISSUES: readonly (string | undefined)[] = ['failed', 'skipped', 'in_doubt', 'expired'];

export const isPart = ({ wave, domain, link, openedBy }: RunPart) =>
  wave !== undefined || domain !== undefined || link !== undefined || openedBy !== undefined;

/** The domain of the address that member `m` is written to. */
export function emailDomain({ sql }: Pick<Tx, 'sql'>): Fragment {
  return sql`coalesce(nullif(lower(split_part(m.email, '@', 2)), ''), 'unknown')`;
}

/** Whether member `m` is of the part, its link left aside. */
export function memberOfPart(tx: Pick<Tx, 'sql'>, { wave, domain }: RunPart): Fragment {
  const { sql } = tx;
  return sql`${wave === undefined ? sql`true` : sql`m.wave = ${wave}`}
    and ${domain === undefined ? sql`true` : sql`${emailDomain(tx)} = ${domain}`}`;
}

/** Whether what was stored of opens and clicks of delivery `d` is what the part asks for. */
export function hitsOfPart(tx: Tx, { link, openedBy }: RunPart): Fragment {
  const { sql } = tx;
  const hits = sql`from tracking_hits h where h.workspace_id = d.workspace_id and h.delivery_id = d.id`;
  const clicked =
    link === undefined ? sql`true` : sql`exists (select 1 ${hits} and h.kind = 'click' and h.link = ${link})`;
  if (openedBy === undefined) return link === undefined ? clicked : sql`(d.clicked_at is not null and ${clicked})`;
  const by = sql`(select coalesce(case when bool_or(t.kind = 'person') then 'people'
    when bool_and(t.kind = 'machine') then 'machines' end, 'unknown') from (select ${hitKind(tx)} as kind ${hits}) t)`;
  return sql`(d.opened_at is not null and ${by} = ${openedBy} and ${clicked})`;
}

/**
 * Waves are numbered along the contacts, so those of one lie between its first and last. Once everybody is queued the
 * deliveries of the wave tell which these are; without them a page would walk the run from its beginning to its end.
 */
function endsOf({ sql }: Tx, { workspaceId, runId }: PageRequest, wave: number): Fragment {
  return sql`
    select coalesce(min(d.contact_id), '') as first, coalesce(max(d.contact_id), ${LAST_ID}) as last
    from runs r join batches b on b.workspace_id = r.workspace_id and b.run_id = r.id and b.wave = ${wave}
    join deliveries d on d.batch_id = b.id
    where r.workspace_id = ${workspaceId} and r.id = ${runId} and r.queued_at is not null`;
}

function stateIs({ sql }: Tx, state: string | undefined): Fragment {
  if (state === undefined) return sql`true`;
  return state === 'waiting' ? sql`(d.id is null or d.state = 'queued')` : sql`d.state = ${state}::delivery_state`;
}

/** What did not end well, by cause. */
function issuesOfPart(
  tx: Tx,
  { workspaceId, runId, step, limit, after }: PageRequest,
  part: RunPart,
  state: string,
  cause: string | undefined,
): Fragment {
  const { sql } = tx;
  return sql`
    select i.delivery_id as id, null::text as contact_id, i.cause as place, i.cause from delivery_issues i
    join deliveries d on d.id = i.delivery_id join batches b on b.id = d.batch_id and b.wave <> ${RESENT_WAVE}
    join run_members m on m.workspace_id = i.workspace_id and m.run_id = i.run_id and m.contact_id = d.contact_id
    where i.workspace_id = ${workspaceId} and i.run_id = ${runId} and i.step = ${step} and i.state = ${state}::delivery_state
      ${cause ? sql`and i.cause = ${cause}` : sql``} and ${memberOfPart(tx, part)} and ${hitsOfPart(tx, part)}
      ${after ? sql`and (i.cause, i.delivery_id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
    order by i.cause, i.delivery_id limit ${limit + 1}`;
}

/** Those of whom something is known, as they were sent to: read through the batches, for they may be few and anywhere. */
function knownOfPart(
  tx: Tx,
  { workspaceId, runId, step, limit, after }: PageRequest,
  part: RunPart,
  { state, fact }: { state?: string; fact?: RowFact },
): Fragment {
  const { sql } = tx;
  return sql`
    select d.id, d.contact_id, b.id::text as place, null::text as cause from batches b
    join deliveries d on d.batch_id = b.id and d.step = ${step} and d.state <> 'superseded'
      and ${stateIs(tx, state)} and ${fact ? sql`${sql(`d.${fact}_at`)} is not null` : sql`true`} and ${hitsOfPart(tx, part)}
    join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
    where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.step <= ${step} and b.wave <> ${RESENT_WAVE}
      and ${memberOfPart(tx, part)} ${after ? sql`and (b.id, d.id) > (${after[0]}::bigint, ${after[1]}::bigint)` : sql``}
    order by b.id, d.id limit ${limit + 1}`;
}

/** A page of a part of the run's people at one step, in a state or of whom a fact is known; columns as in run-row-pages. */
export function partPage(
  tx: Tx,
  request: PageRequest,
  part: RunPart,
  { state, cause, fact }: { state?: string; cause?: string; fact?: RowFact },
): Fragment {
  const { sql } = tx;
  const { workspaceId, runId, step, limit, after } = request;
  if (state !== undefined && ISSUES.includes(state) && !fact) return issuesOfPart(tx, request, part, state, cause);
  if (part.link !== undefined || part.openedBy !== undefined || fact) {
    return knownOfPart(tx, request, part, { ...(state && { state }), ...(fact && { fact }) });
  }
  const own = (resent: Fragment) => sql`
    select d.id, d.state from deliveries d
    join batches b on b.id = d.batch_id and b.wave <> ${RESENT_WAVE}
    where d.workspace_id = m.workspace_id and d.run_id = m.run_id and d.step = ${step} and d.contact_id = m.contact_id
      and d.state <> 'superseded' and ${resent}`;
  const { wave } = part;
  return sql`
    ${wave === undefined ? sql`` : sql`with ends as materialized (${endsOf(tx, request, wave)})`}
    select d.id, m.contact_id, m.contact_id as place, null::text as cause from run_members m
    left join lateral (${own(sql`d.resend_of is null`)} union all ${own(sql`d.resend_of is not null`)} limit 1) d on true
    where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.wave is not null and ${memberOfPart(tx, part)}
      ${wave === undefined ? sql`` : sql`and m.contact_id >= (select first from ends) and m.contact_id <= (select last from ends)`}
      ${after ? sql`and m.contact_id > ${after[0]}` : sql``} and ${stateIs(tx, state)}
    order by m.contact_id limit ${limit + 1}`;
}
