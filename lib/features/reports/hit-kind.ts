import type { Tx } from '@/lib/db/client';
import { MACHINE_AGENT, PROXY_AGENT, TOO_QUICK_MS } from '@/lib/domain/machine-hit';

/** Who made a stored open or click, `person`, `machine` or `unknown`, as SQL over `h` (tracking_hits) of delivery `d`. */
export function hitKind({ sql }: Tx) {
  return sql`case
    when h.machine is not null then case when h.machine then 'machine' else 'person' end
    when coalesce(h.user_agent, '') = '' then 'unknown'
    when h.user_agent ~* ${MACHINE_AGENT} then 'machine'
    when h.at < d.settled_at + ${TOO_QUICK_MS} * interval '1 ms' then 'machine'
    when h.user_agent ~* ${PROXY_AGENT} then 'unknown'
    else 'person' end`;
}
