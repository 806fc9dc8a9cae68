import type { Tx } from '@/lib/db/client';
import type { ContactState } from '@/lib/features/imports/contact-state';
import type { ImportRow } from '@/lib/features/imports/row';

export interface ImportScope {
  workspaceId: string;
  importId: string;
  dryRun: boolean;
}

interface Keys {
  externalIds: string[];
  emails: string[];
  phones: string[];
}

function keysOf(rows: readonly ImportRow[]): Keys {
  const keys: Keys = { externalIds: [], emails: [], phones: [] };
  for (const { refused, values } of rows) {
    if (refused) continue;
    if (values.externalId) keys.externalIds.push(values.externalId);
    if (values.email) keys.emails.push(values.email);
    else if (values.phone && !values.externalId) keys.phones.push(values.phone);
  }
  return keys;
}

type StoredState = Omit<ContactState, 'isNew' | 'before'>;

function loadStored({ sql }: Tx, scope: ImportScope, { externalIds, emails, phones }: Keys): Promise<StoredState[]> {
  const { workspaceId, importId, dryRun } = scope;
  const columns = sql`
    c.id, c.xmin::text as version, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName",
    c.last_name as "lastName", c.language, c.time_zone as "timeZone", c.attributes, c.email_consent as "emailConsent",
    c.sms_consent as "smsConsent", c.do_not_market as "doNotMarket",
    (c.import_id is not distinct from ${importId} or exists (select 1 from import_changes h
      where h.workspace_id = ${workspaceId} and h.import_id = ${importId} and h.contact_id = c.id)) as "seenInFile"`;
  const unseen = dryRun
    ? sql`and not exists (select 1 from import_previews p where p.workspace_id = ${workspaceId}
          and p.import_id = ${importId} and p.contact_id = c.id)`
    : sql``;
  return sql<StoredState[]>`
    select ${columns} from contacts c
    where c.workspace_id = ${workspaceId} and c.external_id = any(${externalIds}::text[]) ${unseen}
    union all
    select ${columns} from contacts c
    where c.workspace_id = ${workspaceId} and c.email = any(${emails}::text[]) ${unseen}
    union all
    select ${columns} from contacts c
    where c.workspace_id = ${workspaceId} and c.phone = any(${phones}::text[]) ${unseen}`;
}

function loadPreviewed({ sql }: Tx, scope: ImportScope, keys: Keys): Promise<{ contact: StoredState }[]> {
  return sql<{ contact: StoredState }[]>`
    select contact from import_previews
    where workspace_id = ${scope.workspaceId} and import_id = ${scope.importId}
      and (external_id = any(${keys.externalIds}::text[]) or email = any(${keys.emails}::text[])
           or phone = any(${keys.phones}::text[]))`;
}

/** The contacts that the rows may be about, each once; in a dry run as they would be after the rows before. */
export async function loadKnownContacts(
  tx: Tx,
  scope: ImportScope,
  rows: readonly ImportRow[],
): Promise<ContactState[]> {
  const keys = keysOf(rows);
  const known = new Map<string, ContactState>();
  for (const state of await loadStored(tx, scope, keys)) {
    known.set(state.id, Object.assign(state, { isNew: false, before: null }));
  }
  if (scope.dryRun) {
    for (const { contact } of await loadPreviewed(tx, scope, keys)) {
      known.set(contact.id, { ...contact, seenInFile: true, isNew: false, before: null });
    }
  }
  return [...known.values()];
}
