import { z } from 'zod';
import type { Tx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import type { Fragment } from '@/lib/features/audience/member-query';
import type { PageRequest, RowFact } from '@/lib/features/runs/run-row-pages';

/** Narrows the rows of a run to a part of its people: those behind a number of one wave, one domain or one link. */
export const runPartSchema = z.object({
  wave: z.coerce.number().int().min(1).max(1_000_000).optional(),
  /** What stands behind the @ of the address, in lower case; `unknown` for who has none. */
  domain: z.string().max(300).optional(),
  /** The number of a link in the message, from 0: those who clicked it. */
  link: z.coerce.number().int().min(0).max(32_000).optional(),
});
export type RunPart = z.output<typeof runPartSchema>;

/** Sorts after every id. */
const LAST_ID = '\u{10ffff}';
const ISSUES: readonly (string | undefined)[] = ['failed', 'skipped', 'in_doubt', 'expired'];

export const isPart = ({ wave, domain, link }: RunPart) =>
  wave !== undefined || domain !== undefined || link !== undefined;

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

/** Whether somebody clicked the link of the part in delivery `d`. */
export function clickedLink({ sql }: Pick<Tx, 'sql'>, { link }: RunPart): Fragment {
  if (link === undefined) return sql`true`;
  return sql`(d.clicked_at is not null and exists (select 1 from tracking_hits h
    where h.workspace_id = d.workspace_id and h.delivery_id = d.id and h.kind = 'click' and h.link = ${link}))`;
}

/**
 * Waves are numbered along the contacts, so those of one lie between its first and last. Once everybody is queued the
 * deliveries of the wave tell which these are; without them a page would walk the run from its beginning to its end.
 */
function betweenItsEnds({ sql }: Tx, { workspaceId, runId }: PageRequest, wave: number | undefined): Fragment {
  if (wave === undefined) return sql``;
  const end = (
    which: Fragment,
  ) => sql`(select ${which}(d.contact_id) from batches b join deliveries d on d.batch_id = b.id
    where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.wave = ${wave}
      and exists (select 1 from runs r where r.workspace_id = ${workspaceId} and r.id = ${runId} and r.queued_at is not null))`;
  return sql`and m.contact_id >= coalesce(${end(sql`min`)}, '') and m.contact_id <= coalesce(${end(sql`max`)}, ${LAST_ID})`;
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
      ${cause ? sql`and i.cause = ${cause}` : sql``} and ${memberOfPart(tx, part)} and ${clickedLink(tx, part)}
      ${after ? sql`and (i.cause, i.delivery_id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
    order by i.cause, i.delivery_id limit ${limit + 1}`;
}

/** Those who clicked a link, as they were sent to: read through the batches, for they are few and anywhere. */
function clickersOfPart(tx: Tx, { workspaceId, runId, step, limit, after }: PageRequest, part: RunPart): Fragment {
  const { sql } = tx;
  return sql`
    select d.id, d.contact_id, b.id::text as place, null::text as cause from batches b
    join deliveries d on d.batch_id = b.id and d.step = ${step} and d.state <> 'superseded' and ${clickedLink(tx, part)}
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
  if (part.link !== undefined) return clickersOfPart(tx, request, part);
  const own = (resent: Fragment) => sql`
    select d.id, d.state, ${fact ? sql`d.${sql(`${fact}_at`)} is not null` : sql`true`} as is_known from deliveries d
    join batches b on b.id = d.batch_id and b.wave <> ${RESENT_WAVE}
    where d.workspace_id = m.workspace_id and d.run_id = m.run_id and d.step = ${step} and d.contact_id = m.contact_id
      and d.state <> 'superseded' and ${resent}`;
  return sql`
    select d.id, m.contact_id, m.contact_id as place, null::text as cause from run_members m
    left join lateral (${own(sql`d.resend_of is null`)} union all ${own(sql`d.resend_of is not null`)} limit 1) d on true
    where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.wave is not null and ${memberOfPart(tx, part)}
      ${betweenItsEnds(tx, request, part.wave)} ${after ? sql`and m.contact_id > ${after[0]}` : sql``}
      and ${stateIs(tx, state)} ${fact ? sql`and d.is_known` : sql``}
    order by m.contact_id limit ${limit + 1}`;
}
