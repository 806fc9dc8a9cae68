import type { Tx } from '@/lib/db/client';
import type { Fragment } from '@/lib/features/audience/member-query';

/** Where member `m` is written to at a step of this kind: a number for a text, otherwise the email address. */
export function writtenTo({ sql }: Pick<Tx, 'sql'>, kind: Fragment): Fragment {
  return sql`case when ${kind} = 'sms' then coalesce(m.phone, m.email) else coalesce(m.email, m.phone) end`;
}
