import { z } from 'zod';
import type { Tx } from '@/lib/db/client';
import { CONTACT_FILTERS, type ContactFilter } from '@/lib/domain/contact-filter';
import { subscriptionStatusSchema } from '@/lib/domain/list';
import type { Fragment } from '@/lib/features/contacts/fragment';

/** What a list of contacts may be narrowed to. */
export const contactScopeSchema = z.object({
  /** The beginning of a customer number, email, phone in any writing, or of the words of a name. */
  search: z.string().trim().max(200).optional(),
  listId: z.string().max(60).optional(),
  status: subscriptionStatusSchema.optional(),
  consent: z.enum(CONTACT_FILTERS).optional(),
  importId: z.string().max(60).optional(),
  /** With an import: the people it added, or those it changed. */
  change: z.enum(['added', 'updated']).optional(),
});
export type ContactScope = z.output<typeof contactScopeSchema>;

function contactFilterSql(sql: Tx['sql'], filter: ContactFilter): Fragment {
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

function importedSql(sql: Tx['sql'], workspaceId: string, importId: string, change: ContactScope['change']): Fragment {
  if (change === 'updated') {
    return sql`c.import_id is distinct from ${importId} and c.id in (select h.contact_id from import_changes h
      where h.workspace_id = ${workspaceId} and h.import_id = ${importId})`;
  }
  // ids begin with the time they were made at, so nobody older than the import needs to be looked at
  return sql`c.import_id = ${importId} and c.id >= ${`con_${importId.slice(4, 13)}`}`;
}

/** The scope, search left aside, as a condition over `contacts c` that names the workspace. */
export function contactScopeSql(sql: Tx['sql'], workspaceId: string, scope: ContactScope): Fragment {
  const { listId, status, consent, importId, change } = scope;
  const onList = listId
    ? sql`and c.id in (select s.contact_id from subscriptions s where s.workspace_id = ${workspaceId}
        and s.list_id = ${listId} ${status ? sql`and s.status = ${status}` : sql``})`
    : sql``;
  const imported = importId ? sql`and ${importedSql(sql, workspaceId, importId, change)}` : sql``;
  return sql`c.workspace_id = ${workspaceId} and c.erased_at is null ${onList} ${imported}
    ${consent ? sql`and ${contactFilterSql(sql, consent)}` : sql``}`;
}
