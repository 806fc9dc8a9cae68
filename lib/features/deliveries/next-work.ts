import { pool } from '@/lib/db/client';

export interface NextWork {
  /** When the next unleased batch comes due; null if there is none. */
  dueAt: Date | null;
  /** Batches other workers hold right now. */
  leased: number;
}

/** What is left to claim of a run, for deciding whether to go on, to sleep or to end. */
export async function nextWork(runId: string): Promise<NextWork> {
  const [row] = await pool()<{ dueAt: Date | null; leased: number }[]>`
    select min(case when b.lease_until is null or b.lease_until < now() then greatest(b.not_before, a.breaker_retry_at) end) as "dueAt",
           count(*) filter (where b.lease_until >= now())::int as leased
    from batches b left join provider_accounts a on a.id = b.provider_account_id
    where b.run_id = ${runId} and b.state = 'ready'`;
  return row ?? { dueAt: null, leased: 0 };
}
