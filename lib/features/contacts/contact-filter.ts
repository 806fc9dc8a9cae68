import type { Tx } from '@/lib/db/client';
import type { ContactFilter } from '@/lib/domain/contact-filter';
import type { Fragment } from '@/lib/features/contacts/fragment';

/** The filter as a condition over `contacts c`. */
export function contactFilterSql(sql: Tx['sql'], filter: ContactFilter): Fragment {
  switch (filter) {
    case 'email_granted':
      return sql`c.email_consent = 'granted' and c.email_opted_out_at is null and not c.do_not_market`;
    case 'email_revoked':
      return sql`c.email_consent = 'revoked'`;
    case 'email_unknown':
      return sql`c.email_consent = 'unknown'`;
    case 'email_opted_out':
      return sql`c.email_opted_out_at is not null`;
    case 'sms_granted':
      return sql`c.sms_consent = 'granted' and c.sms_opted_out_at is null and not c.do_not_market`;
    case 'sms_revoked':
      return sql`c.sms_consent = 'revoked'`;
    case 'sms_unknown':
      return sql`c.sms_consent = 'unknown'`;
    case 'sms_opted_out':
      return sql`c.sms_opted_out_at is not null`;
    case 'do_not_market':
      return sql`c.do_not_market`;
  }
}
