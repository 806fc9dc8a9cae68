import type { Tx } from '@/lib/db/client';
import type { Fragment } from '@/lib/features/audience/member-query';

/** How many of a batch are still to be sent: all, unless a worker had it and may have settled some before it was lost. */
export function stillQueued({ sql }: Pick<Tx, 'sql'>, batch: Fragment): Fragment {
  return sql`case when ${batch}.fence = 0 then ${batch}.size
    else (select count(*) from deliveries d where d.batch_id = ${batch}.id and d.state = 'queued')::int end`;
}
