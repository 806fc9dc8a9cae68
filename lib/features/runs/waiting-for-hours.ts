import type { Tx } from '@/lib/db/client';
import { hoursOf, type SendHours } from '@/lib/domain/send-hours';

/** Deliveries that wait for the hours in which they may be sent. */
export interface OutsideHours {
  n: number;
  /** When the first of them go on. */
  nextAt: Date;
  /** When the last of them do. */
  lastAt: Date;
}

/** How many deliveries of a run wait for their hours, and until when; null for none. Reads the batches that are not done. */
export async function outsideHours({ sql }: Tx, workspaceId: string, runId: string): Promise<OutsideHours | null> {
  const [row] = await sql<{ n: number; nextAt: Date | null; lastAt: Date | null }[]>`
    select coalesce(sum(size), 0)::int as n, min(not_before) as "nextAt", max(not_before) as "lastAt" from batches
    where workspace_id = ${workspaceId} and run_id = ${runId} and state = 'ready' and waits_for = 'hours' and not_before > now()`;
  return row?.nextAt && row.lastAt && row.n > 0 ? { n: row.n, nextAt: row.nextAt, lastAt: row.lastAt } : null;
}

export interface StepOutsideHours extends OutsideHours {
  step: number;
  /** Whose clock, and at which time of day it opens. */
  whose: SendHours['whose'];
  opensAt: string;
  /** How many of them open only after the time the run gives its messages. */
  tooLate: number;
}

interface MomentRow {
  step: number;
  at: Date;
  n: number;
}

interface PolicyRow {
  hours: Parameters<typeof hoursOf>[1] | null;
  kinds: string[];
  expiresAt: Date | null;
}

/** The same for each step, with what the policy says about it. */
export async function stepsOutsideHours({ sql }: Tx, workspaceId: string, runId: string): Promise<StepOutsideHours[]> {
  const moments = await sql<MomentRow[]>`
    select step, not_before as at, sum(size)::int as n from batches
    where workspace_id = ${workspaceId} and run_id = ${runId} and state = 'ready' and waits_for = 'hours' and not_before > now()
    group by 1, 2 having sum(size) > 0 order by 1, 2`;
  if (moments.length === 0) return [];
  const [policy] = await sql<PolicyRow[]>`
    select v.frozen #> '{policy,hours}' as hours,
      array(select s ->> 'kind' from jsonb_array_elements(v.outline) with ordinality o(s, n) order by n) as kinds,
      r.started_at + (v.frozen #>> '{policy,expireAfterMs}')::float8 * interval '1 ms' as "expiresAt"
    from runs r join campaign_versions v on v.id = r.version_id
    where r.workspace_id = ${workspaceId} and r.id = ${runId}`;
  const steps = new Map<number, StepOutsideHours>();
  for (const { step, at, n } of moments) {
    const kind = policy?.kinds[step] === 'sms' ? 'sms' : 'email';
    const hours = hoursOf(kind, policy?.hours ?? undefined, undefined);
    const isTooLate = policy?.expiresAt ? at >= policy.expiresAt : false;
    const known = steps.get(step) ?? {
      step,
      n: 0,
      nextAt: at,
      lastAt: at,
      whose: hours?.whose ?? 'workspace',
      opensAt: hours?.from ?? '',
      tooLate: 0,
    };
    known.n += n;
    known.lastAt = at;
    known.tooLate += isTooLate ? n : 0;
    steps.set(step, known);
  }
  return [...steps.values()];
}
