import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { readDatabaseNow } from '@/lib/db/clock';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { nextOccurrences } from '@/lib/domain/recurrence';
import type { RunStatus } from '@/lib/domain/run';
import { EMPTY_STRIP, type StripCounts, stripTotal } from '@/lib/domain/strip';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';
import type { Decider, OccurrenceRow } from '@/lib/features/recurrences/occurrence-row';
import { findRecurrence, type RecurrenceRow } from '@/lib/features/recurrences/recurrence-row';

export const listOccurrencesSchema = z.object({
  campaignId: z.string(),
  /** So many of those to come. */
  coming: z.coerce.number().int().min(0).max(100).default(8),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  /** Of the past, those planned before this moment. */
  before: z.iso.datetime({ offset: true }).optional(),
});

export interface PastOccurrence extends Omit<OccurrenceRow, 'runId'> {
  run: { id: string; status: RunStatus; audience: number | null; startedAt: Date | null; counts: StripCounts } | null;
}

export interface Occurrences {
  /** The last activation; null before the first one. */
  recurrence:
    | (Pick<
        RecurrenceRow,
        'words' | 'status' | 'nextAt' | 'overlap' | 'expect' | 'activatedAt' | 'activatedBy' | 'stoppedAt'
      > & {
        timeZone: string;
        version: number;
        /** The draft was changed since; that counts from the next activation. */
        isDraftNewer: boolean;
      })
    | null;
  coming: { plannedAt: Date; skippedBy: Decider | null }[];
  past: PastOccurrence[];
  /** `before` of the next page. */
  nextBefore: Date | null;
}

type PastRow = OccurrenceRow & {
  run:
    | (Omit<NonNullable<PastOccurrence['run']>, 'counts' | 'startedAt'> & {
        startedAt: string | null;
        steps: number;
        totals: Partial<StripCounts> | null;
      })
    | null;
};

/** The numbers of a run over all its steps, from what its deliveries summed up to. */
function pastOf({ runId: _, run, ...row }: PastRow): PastOccurrence {
  if (!run) return { ...row, run: null };
  const { steps, totals, startedAt, ...rest } = run;
  const counts = { ...EMPTY_STRIP };
  for (const key of Object.keys(counts) as (keyof StripCounts)[]) counts[key] = totals?.[key] ?? 0;
  counts.waiting = Math.max(0, (run.audience ?? 0) * Math.max(1, steps) - (stripTotal(counts) - counts.waiting));
  return { ...row, run: { ...rest, startedAt: startedAt === null ? null : new Date(startedAt), counts } };
}

async function pastRows({ sql }: Tx, ws: string, campaignId: string, before: Date, limit: number): Promise<PastRow[]> {
  return await sql<PastRow[]>`
    select o.planned_at as "plannedAt", o.state, o.run_id as "runId", o.reason, o.decided_by as "decidedBy", o.unexpected,
      o.unexpected_words as "unexpectedWords",
      (select jsonb_build_object('id', r.id, 'status', r.status, 'audience', r.audience_count, 'startedAt', r.started_at,
          'steps', (select count(*) from jsonb_array_elements(v.outline) s where s ->> 'kind' <> 'wait'),
          'totals', (select jsonb_object_agg(state, n) from (select state, sum(n)::int as n from run_counters k
            where k.workspace_id = r.workspace_id and k.run_id = r.id and k.wave <> ${RESENT_WAVE}
              and k.state not in ('queued', 'superseded') group by state) t))
        from runs r join campaign_versions v on v.id = r.version_id
        where r.workspace_id = o.workspace_id and r.id = o.run_id) as run
    from occurrences o where o.workspace_id = ${ws} and o.campaign_id = ${campaignId} and o.planned_at < ${before}
    order by o.planned_at desc limit ${limit + 1}`;
}

/** The coming occurrences of a campaign, and what became of the past ones, the newest first. Throws `not_found`. */
export async function listOccurrences(ctx: Ctx, input: z.input<typeof listOccurrencesSchema>): Promise<Occurrences> {
  authorise(ctx, 'campaigns.read');
  const { campaignId, coming, limit, before } = parseInput(listOccurrencesSchema, input);
  const ws = ctx.workspaceId;
  return withTx(ctx, async (tx) => {
    const campaign = await findCampaign(tx, ws, campaignId);
    const now = await readDatabaseNow(tx);
    const row = await findRecurrence(tx, ws, campaignId);
    const [version] = await tx.sql<{ number: number }[]>`
      select number from campaign_versions where workspace_id = ${ws} and id = ${row?.versionId ?? null}`;
    const planned = row?.status === 'active' ? nextOccurrences(row.plan, now, coming) : [];
    const skips = await tx.sql<{ plannedAt: Date; decidedBy: Decider | null }[]>`
      select planned_at as "plannedAt", decided_by as "decidedBy" from occurrences
      where workspace_id = ${ws} and campaign_id = ${campaignId} and planned_at > ${now} and state = 'skipped'`;
    const past = await pastRows(tx, ws, campaignId, before ? new Date(before) : now, limit);
    const skipOf = (at: Date) => skips.find(({ plannedAt }) => plannedAt.getTime() === at.getTime());
    return {
      recurrence: row && {
        words: row.words,
        status: row.status,
        nextAt: row.nextAt,
        overlap: row.overlap,
        expect: row.expect,
        activatedAt: row.activatedAt,
        activatedBy: row.activatedBy,
        stoppedAt: row.stoppedAt,
        timeZone: row.plan.timeZone,
        version: version?.number ?? 0,
        isDraftNewer: campaign.revision > row.revision,
      },
      coming: planned.map((plannedAt) => ({ plannedAt, skippedBy: skipOf(plannedAt)?.decidedBy ?? null })),
      past: past.slice(0, limit).map(pastOf),
      nextBefore: past.length > limit ? (past[limit - 1]?.plannedAt ?? null) : null,
    };
  });
}
