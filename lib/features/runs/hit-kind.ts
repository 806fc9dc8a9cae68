import type { Tx } from '@/lib/db/client';
import { MACHINE_AGENT, PROXY_AGENT, TOO_QUICK_MS } from '@/lib/domain/machine-hit';

/**
 * Who made a stored open or click, `person`, `machine` or `unknown`, as SQL over `h` (tracking_hits) of delivery `d`. It
 * is decided when it is read, from what was stored of it, so that a better rule also corrects what was counted before.
 */
export function hitKind({ sql }: Tx) {
  return sql`case
    when coalesce(h.user_agent, '') = '' then 'unknown'
    when h.user_agent ~* ${MACHINE_AGENT} then 'machine'
    when h.at < d.settled_at + ${TOO_QUICK_MS} * interval '1 ms' then 'machine'
    when h.user_agent ~* ${PROXY_AGENT} then 'unknown'
    else 'person' end`;
}
