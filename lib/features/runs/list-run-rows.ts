import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import type { DeliveryState } from '@/lib/domain/delivery';
import { OUTSIDE_HOURS } from '@/lib/domain/error-words';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import type { Fragment } from '@/lib/features/audience/member-query';
import { isPart, partPage, runPartSchema } from '@/lib/features/runs/run-part-pages';
import {
  audiencePage,
  issuesPage,
  type PageRequest,
  ROW_FACTS,
  readByIndexOnly,
  settledPage,
  waitingPage,
} from '@/lib/features/runs/run-row-pages';
import { writtenTo } from '@/lib/features/runs/written-to';
import { deliveryIdToPublic } from '@/lib/ids';

/** The segments of the strip; `waiting` are those of the audience that are not settled, queued yet or not. */
export const ROW_STATES = ['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired', 'waiting'] as const;

export const listRunRowsSchema = runPartSchema.extend({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99),
  state: z.enum(ROW_STATES).optional(),
  cause: z.string().max(500).optional(),
  fact: z.enum(ROW_FACTS).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One contact of the audience at one step. */
export interface RunRow {
  contactId: string;
  name: string | null;
  address: string | null;
  /** Null while it waits for an earlier step. */
  deliveryId: string | null;
  state: DeliveryState;
  /** The number of the earlier step it still waits for, if known. */
  waitsAt: number | null;
  /** Until when what is queued is put off: by its hours, a retry or its wave. */
  waitsUntil: Date | null;
  cause: string | null;
  errorText: string | null;
  attempts: number;
  firstIntentAt: Date | null;
  settledAt: Date | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  bouncedAt: Date | null;
  isResent: boolean;
}

type Input = z.output<typeof listRunRowsSchema>;

async function pageOf(tx: Tx, request: PageRequest, parsed: Input): Promise<{ page: Fragment }> {
  const { state, cause, fact } = parsed;
  if (isPart(parsed)) return { page: partPage(tx, request, parsed, parsed) };
  if (fact) return await settledPage(tx, request, state === 'waiting' ? undefined : state, fact);
  if (state === undefined) return { page: audiencePage(tx, request) };
  if (state === 'waiting') return { page: waitingPage(tx, request, cause) };
  if (state === 'accepted' || state === 'cancelled') return await settledPage(tx, request, state, undefined);
  return { page: issuesPage(tx, request, state, cause) };
}

/** The people behind one number of a run: of a step, in a state, for a cause, of a wave or a domain, who clicked a link. */
export async function listRunRows(
  ctx: Ctx,
  input: z.input<typeof listRunRowsSchema>,
): Promise<{ items: RunRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const parsed = parseInput(listRunRowsSchema, input);
  const { runId, step, limit, cursor } = parsed;
  const position = z.tuple([z.string(), z.string().regex(/^\d{1,19}$/)]);
  const after = cursor ? decodeCursor(position, cursor) : null;
  const { workspaceId } = ctx;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [run] = await sql<{ kind: string | null }[]>`
      select v.outline -> ${step}::int ->> 'kind' as kind from runs r join campaign_versions v on v.id = r.version_id
      where r.workspace_id = ${workspaceId} and r.id = ${runId}`;
    if (!run) throw new AppError('not_found', 'This run does not exist in this workspace.');
    await readByIndexOnly(tx);
    const { page } = await pageOf(tx, { workspaceId, runId, step, limit, after }, parsed);
    const rows = await sql<(RunRow & { place: string; last: string | null })[]>`
      with page as materialized (
        select q.*, row_number() over () as n from (${page}) q
      ),
      row as materialized (
        select p.n, p.place, p.id, coalesce(d.contact_id, p.contact_id) as contact_id, p.cause as page_cause, d.step, d.state, d.skip_reason,
          d.error_class, d.error_code, d.error_text, d.attempts, d.first_intent_at, d.settled_at, d.delivered_at, d.opened_at,
          d.clicked_at, d.bounced_at, d.resend_of, b.waits_for, b.not_before
        from page p left join deliveries d on d.id = p.id
        left join batches b on b.id = d.batch_id and d.state = 'queued' and b.state = 'ready' and b.not_before > now()
      )
      select case when r.step = ${step} then r.id end as "deliveryId", r.id as last, coalesce(r.state, 'queued') as state,
        case when r.step < ${step} then r.step end as "waitsAt", r.not_before as "waitsUntil", r.contact_id as "contactId",
        coalesce(r.page_cause, r.skip_reason, r.error_class || ':' || r.error_code, r.error_code,
          case when r.waits_for = 'hours' then ${OUTSIDE_HOURS} end) as cause,
        r.error_text as "errorText", coalesce(r.attempts, 0) as attempts, r.first_intent_at as "firstIntentAt",
        r.settled_at as "settledAt", r.delivered_at as "deliveredAt", r.opened_at as "openedAt", r.clicked_at as "clickedAt",
        r.bounced_at as "bouncedAt", r.resend_of is not null as "isResent", r.place,
        nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, ${writtenTo(tx, sql`${run.kind}::text`)} as address
      from row r
      left join contacts c on c.id = r.contact_id and c.workspace_id = ${workspaceId}
      left join run_members m on m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.contact_id = r.contact_id
      order by r.n`;
    const end = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(({ place: _, last: __, deliveryId: id, ...row }) => ({
        ...row,
        deliveryId: id && deliveryIdToPublic(id),
      })),
      nextCursor: rows.length > limit && end ? encodeCursor([end.place, end.last ?? '0']) : null,
    };
  });
}
