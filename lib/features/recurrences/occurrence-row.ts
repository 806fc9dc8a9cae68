import type { Tx } from '@/lib/db/client';

export type Decider = { type: string; id: string; name: string };

export interface OccurrenceRow {
  plannedAt: Date;
  state: 'run' | 'waiting' | 'skipped' | 'missed';
  runId: string | null;
  reason: string | null;
  decidedBy: Decider | null;
  unexpected: 'empty' | 'unusual' | 'late' | null;
  unexpectedWords: string | null;
}

interface Where {
  workspaceId: string;
  campaignId: string;
}

type Fate = Pick<OccurrenceRow, 'plannedAt' | 'state' | 'runId' | 'reason'> & {
  decidedBy?: Decider;
  dueBy?: Date | null;
};

/** Writes what becomes of a planned moment; false when that was decided before. One that waits may still get its run. */
export async function decideOccurrence({ sql }: Tx, where: Where, fate: Fate): Promise<boolean> {
  const { plannedAt, state, runId, reason, decidedBy, dueBy } = fate;
  const made = await sql`
    insert into occurrences (workspace_id, campaign_id, planned_at, state, run_id, reason, decided_by, due_by)
    values (${where.workspaceId}, ${where.campaignId}, ${plannedAt}, ${state}, ${runId}, ${reason},
            ${decidedBy ? JSON.stringify(decidedBy) : null}::jsonb, ${dueBy ?? null})
    on conflict (workspace_id, campaign_id, planned_at) do update
      set state = excluded.state, run_id = excluded.run_id, reason = excluded.reason, due_by = excluded.due_by, decided_at = now()
      where occurrences.state = 'waiting' and excluded.state <> 'waiting'`;
  return made.count === 1;
}

/** Which of these moments somebody decided about already. */
export async function decidedAmong({ sql }: Tx, where: Where, moments: readonly Date[]): Promise<Set<number>> {
  const rows = await sql<{ plannedAt: Date }[]>`
    select planned_at as "plannedAt" from occurrences
    where workspace_id = ${where.workspaceId} and campaign_id = ${where.campaignId}
      and planned_at = any(${moments.map((at) => at.toISOString())}::timestamptz[])`;
  return new Set(rows.map(({ plannedAt }) => plannedAt.getTime()));
}

/** Takes back that a coming occurrence is left out; false when it was not. */
export async function restoreOccurrence({ sql }: Tx, where: Where, plannedAt: Date): Promise<boolean> {
  const gone = await sql`
    delete from occurrences where workspace_id = ${where.workspaceId} and campaign_id = ${where.campaignId}
      and planned_at = ${plannedAt} and state = 'skipped' and planned_at > now()`;
  return gone.count === 1;
}
