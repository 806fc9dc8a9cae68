import { setImmediate } from 'node:timers/promises';
import type { Tx } from '@/lib/db/client';
import { type ContactState, fieldsOf } from '@/lib/features/imports/contact-state';
import type { ImportScope } from '@/lib/features/imports/load-known-contacts';

/** Somebody else wrote one of the contacts between reading and writing; the chunk is applied again from the start. */
export class ContactsChanged extends Error {}

function columnsOf(states: readonly ContactState[]) {
  const column = <T>(read: (state: ContactState) => T) => states.map(read);
  return {
    ids: column((one) => one.id),
    externalIds: column((one) => one.externalId),
    emails: column((one) => one.email),
    phones: column((one) => one.phone),
    firstNames: column((one) => one.firstName),
    lastNames: column((one) => one.lastName),
    languages: column((one) => one.language),
    timeZones: column((one) => one.timeZone),
    attributes: column((one) => JSON.stringify(one.attributes)),
    emailConsents: column((one) => one.emailConsent),
    smsConsents: column((one) => one.smsConsent),
    doNotMarket: column((one) => String(one.doNotMarket)),
  };
}

/** Few enough that PostgreSQL writes the first of them while the next are being made ready here. */
const SLICE = 1000;

async function insertSlice({ sql }: Tx, scope: ImportScope, states: readonly ContactState[]): Promise<void> {
  const c = columnsOf(states);
  await sql`
    insert into contacts (workspace_id, import_id, id, external_id, email, phone, first_name, last_name, language,
      time_zone, attributes, email_consent, sms_consent, do_not_market)
    select ${scope.workspaceId}, ${scope.importId}, id, external_id, email, phone, first_name, last_name, language,
      time_zone, attributes::jsonb, email_consent, sms_consent, do_not_market::boolean
    from unnest(${c.ids}::text[], ${c.externalIds}::text[], ${c.emails}::text[], ${c.phones}::text[],
      ${c.firstNames}::text[], ${c.lastNames}::text[], ${c.languages}::text[], ${c.timeZones}::text[],
      ${c.attributes}::text[], ${c.emailConsents}::text[], ${c.smsConsents}::text[], ${c.doNotMarket}::text[])
      as t(id, external_id, email, phone, first_name, last_name, language, time_zone, attributes, email_consent,
           sms_consent, do_not_market)`;
}

/** Lets what was just asked leave before anything else is made ready. */
const sent = setImmediate;

/** Fails with a unique violation if somebody else made one of them meanwhile. */
async function insertNew(tx: Tx, scope: ImportScope, states: readonly ContactState[]): Promise<void> {
  const slices: Promise<void>[] = [];
  for (let at = 0; at < states.length; at += SLICE) {
    const slice = insertSlice(tx, scope, states.slice(at, at + SLICE));
    // a failure is thrown below, once all have ended
    slice.catch(() => undefined);
    slices.push(slice);
    await sent();
  }
  const failed = (await Promise.allSettled(slices)).find((slice) => slice.status === 'rejected');
  if (failed) throw failed.reason;
}

async function updateChanged({ sql }: Tx, scope: ImportScope, states: readonly ContactState[]): Promise<void> {
  const c = columnsOf(states);
  const versions = states.map((one) => one.version ?? '');
  const befores = states.map((one) => JSON.stringify(one.before));
  const updated = await sql`
    update contacts c set external_id = t.external_id, email = t.email, phone = t.phone, first_name = t.first_name,
      last_name = t.last_name, language = t.language, time_zone = t.time_zone, attributes = t.attributes::jsonb,
      email_consent = t.email_consent, sms_consent = t.sms_consent, do_not_market = t.do_not_market::boolean,
      updated_at = now()
    from unnest(${c.ids}::text[], ${versions}::text[], ${c.externalIds}::text[], ${c.emails}::text[],
      ${c.phones}::text[], ${c.firstNames}::text[], ${c.lastNames}::text[], ${c.languages}::text[],
      ${c.timeZones}::text[], ${c.attributes}::text[], ${c.emailConsents}::text[], ${c.smsConsents}::text[],
      ${c.doNotMarket}::text[])
      as t(id, version, external_id, email, phone, first_name, last_name, language, time_zone, attributes,
           email_consent, sms_consent, do_not_market)
    where c.workspace_id = ${scope.workspaceId} and c.id = t.id and c.xmin::text = t.version`;
  if (updated.count !== states.length) throw new ContactsChanged();
  await sql`
    insert into import_changes (workspace_id, import_id, contact_id, before, changed_at)
    select ${scope.workspaceId}, ${scope.importId}, id, before::jsonb, now()
    from unnest(${c.ids}::text[], ${befores}::text[]) as t(id, before)
    on conflict (workspace_id, import_id, contact_id) do update set changed_at = excluded.changed_at`;
}

async function preview({ sql }: Tx, scope: ImportScope, states: readonly ContactState[]): Promise<void> {
  const c = columnsOf(states);
  const contacts = states.map((one) => JSON.stringify({ id: one.id, version: null, ...fieldsOf(one) }));
  await sql`
    insert into import_previews (workspace_id, import_id, contact_id, external_id, email, phone, contact)
    select ${scope.workspaceId}, ${scope.importId}, id, external_id, email, phone, contact::jsonb
    from unnest(${c.ids}::text[], ${c.externalIds}::text[], ${c.emails}::text[], ${c.phones}::text[],
      ${contacts}::text[]) as t(id, external_id, email, phone, contact)
    on conflict (workspace_id, import_id, contact_id) do update set external_id = excluded.external_id,
      email = excluded.email, phone = excluded.phone, contact = excluded.contact`;
}

/**
 * Writes new and changed contacts, and what changed ones were before. A dry run keeps them aside instead. Throws
 * `ContactsChanged`, or a unique violation, if a contact was written by somebody else since it was read.
 */
export async function writeContacts(tx: Tx, scope: ImportScope, touched: readonly ContactState[]): Promise<void> {
  if (scope.dryRun) {
    if (touched.length > 0) await preview(tx, scope, touched);
    return;
  }
  const added = touched.filter((one) => one.isNew);
  const changed = touched.filter((one) => !one.isNew && one.before);
  if (added.length > 0) await insertNew(tx, scope, added);
  if (changed.length > 0) await updateChanged(tx, scope, changed);
}

/** Puts contacts on the list of the import. Whoever unsubscribed stays unsubscribed. */
export async function subscribeImported(
  { sql }: Tx,
  scope: ImportScope,
  list: { listId: string; fileName: string },
  contactIds: readonly string[],
): Promise<void> {
  if (scope.dryRun || contactIds.length === 0) return;
  const evidence = JSON.stringify({ importId: scope.importId, fileName: list.fileName });
  await sql`
    insert into subscriptions (workspace_id, list_id, contact_id, status, source, evidence)
    select ${scope.workspaceId}, ${list.listId}, id, 'subscribed', 'import', ${evidence}::text::jsonb
    from unnest(${[...contactIds]}::text[]) as t(id)
    on conflict (workspace_id, list_id, contact_id) do nothing`;
}
