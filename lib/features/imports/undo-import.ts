import { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findImport } from '@/lib/features/imports/import-record';

const undoImportSchema = z.object({ id: z.string() });
const CHUNK = 5000;

export interface UndoResult {
  /** Contacts the import created, deleted again. */
  removed: number;
  /** Contacts as they were before. */
  restored: number;
  /** Contacts that stay as they are: they were changed since, or a run or a wish of theirs refers to them. */
  kept: number;
}

async function lockUndoable(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const record = await findImport(tx, workspaceId, id, true);
  const [window] = await tx.sql<{ open: boolean | null }[]>`
    select undo_until > now() as open from imports where workspace_id = ${workspaceId} and id = ${id}`;
  if (record.dryRun) throw new AppError('precondition', 'A dry run wrote nothing, so there is nothing to undo.');
  if (record.status === 'undone') throw new AppError('conflict', 'This import is undone already.');
  if (record.status === 'queued' || record.status === 'running') {
    throw new AppError('precondition', 'The import is still running. Cancel it first, then undo it.');
  }
  if (!window?.open) throw new AppError('precondition', 'The time to undo this import is over. Nothing was changed.');
}

async function removeCreated({ sql }: Tx, workspaceId: string, id: string, after: string) {
  const [row] = await sql<{ last: string | null; seen: number; removed: number }[]>`
    with page as (
      select c.id, c.updated_at, c.created_at, c.email_opted_out_at, c.sms_opted_out_at from contacts c
      where c.workspace_id = ${workspaceId} and c.import_id = ${id} and c.id > ${after} order by c.id limit ${CHUNK}
    ), gone as (
      delete from contacts c using page p
      where c.workspace_id = ${workspaceId} and c.id = p.id and p.email_opted_out_at is null and p.sms_opted_out_at is null
        and (p.updated_at = p.created_at or exists (
          select 1 from import_changes h where h.workspace_id = ${workspaceId} and h.import_id = ${id}
            and h.contact_id = p.id and h.changed_at = p.updated_at))
        and not exists (select 1 from interactions i where i.workspace_id = ${workspaceId} and i.contact_id = p.id)
        and not exists (select 1 from deliveries d where d.workspace_id = ${workspaceId} and d.contact_id = p.id and d.history_id is not null)
        and not exists (select 1 from subscriptions s where s.workspace_id = ${workspaceId} and s.contact_id = p.id
          and (s.status = 'unsubscribed' or s.source <> 'import' or s.evidence ->> 'importId' is distinct from ${id}))
        and not exists (
          select 1 from runs r join run_members m on m.workspace_id = r.workspace_id and m.run_id = r.id
          where r.workspace_id = ${workspaceId} and m.contact_id = p.id
            and coalesce(r.completed_at, now()) >= p.created_at)
      returning c.id
    ), forgotten as (
      delete from import_changes h using gone
      where h.workspace_id = ${workspaceId} and h.import_id = ${id} and h.contact_id = gone.id
    )
    select (select max(id) from page) as last, (select count(*)::int from page) as seen,
           (select count(*)::int from gone) as removed`;
  return row ?? { last: null, seen: 0, removed: 0 };
}

async function restoreChanged({ sql }: Tx, workspaceId: string, id: string) {
  const [row] = await sql<{ seen: number; restored: number }[]>`
    with page as (
      delete from import_changes where (workspace_id, import_id, contact_id) in (
        select workspace_id, import_id, contact_id from import_changes
        where workspace_id = ${workspaceId} and import_id = ${id} order by contact_id limit ${CHUNK})
      returning contact_id, before, changed_at
    ), back as (
      update contacts c set external_id = b."externalId", email = b.email, phone = b.phone, first_name = b."firstName",
        last_name = b."lastName", language = b.language, time_zone = b."timeZone", attributes = b.attributes,
        email_consent = b."emailConsent", sms_consent = b."smsConsent", do_not_market = b."doNotMarket", updated_at = now()
      from page p, jsonb_to_record(p.before) as b("externalId" text, email text, phone text, "firstName" text,
        "lastName" text, language text, "timeZone" text, attributes jsonb, "emailConsent" text, "smsConsent" text,
        "doNotMarket" boolean)
      where c.workspace_id = ${workspaceId} and c.id = p.contact_id and c.updated_at = p.changed_at
        and c.import_id is distinct from ${id} and c.erased_at is null
      returning c.id
    )
    select (select count(*)::int from page p join contacts c on c.id = p.contact_id
              and c.import_id is distinct from ${id}) as seen,
           (select count(*)::int from back) as restored`;
  return row ?? { seen: 0, restored: 0 };
}

async function leaveList({ sql }: Tx, workspaceId: string, id: string): Promise<number> {
  const left = await sql`
    delete from subscriptions where (workspace_id, list_id, contact_id) in (
      select s.workspace_id, s.list_id, s.contact_id from imports i join subscriptions s
        on s.workspace_id = i.workspace_id and s.list_id = i.list_id
      where i.workspace_id = ${workspaceId} and i.id = ${id} and s.source = 'import' and s.status = 'subscribed'
        and s.evidence ->> 'importId' = ${id} limit ${CHUNK * 4})`;
  return left.count;
}

/** Runs one locked step after the other until one finds nothing left. */
async function repeat<T>(
  workspaceId: string,
  id: string,
  step: (tx: Tx) => Promise<T>,
  goesOn: (result: T) => boolean,
): Promise<void> {
  for (let more = true; more; ) {
    more = await withTx(systemCtx(workspaceId, 'undo'), async (tx) => {
      await lockUndoable(tx, workspaceId, id);
      return goesOn(await step(tx));
    });
  }
}

/**
 * Takes an import back within its window: contacts it created are deleted, contacts it changed are as before, its list
 * memberships end. Whoever was changed since, is in a run or made a wish stays untouched and is counted as kept. Works
 * in steps; after a crash call it again. Throws `precondition` when the window is over, `conflict` when undone already.
 */
export async function undoImport(ctx: Ctx, input: z.input<typeof undoImportSchema>): Promise<UndoResult> {
  authorise(ctx, 'contacts.write');
  const { id } = parseInput(undoImportSchema, input);
  const { workspaceId } = ctx;
  const result: UndoResult = { removed: 0, restored: 0, kept: 0 };
  let after = '';
  const created = (tx: Tx) => removeCreated(tx, workspaceId, id, after);
  await repeat(workspaceId, id, created, ({ last, seen, removed }) => {
    after = last ?? after;
    result.removed += removed;
    result.kept += seen - removed;
    return seen === CHUNK;
  });
  await repeat(
    workspaceId,
    id,
    (tx) => leaveList(tx, workspaceId, id),
    (left) => left > 0,
  );
  await repeat(
    workspaceId,
    id,
    async (tx) => ({ ...(await restoreChanged(tx, workspaceId, id)), left: await changesLeft(tx, workspaceId, id) }),
    ({ seen, restored, left }) => {
      result.restored += restored;
      result.kept += seen - restored;
      return left;
    },
  );
  await withTx(systemCtx(workspaceId, 'undo'), async (tx) => {
    await lockUndoable(tx, workspaceId, id);
    const reason = `Undone: ${result.removed} removed, ${result.restored} as before, ${result.kept} kept because they were changed or used since.`;
    await tx.sql`
      update imports set status = 'undone', status_reason = ${reason} where workspace_id = ${workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, { action: 'import.undone', subjectType: 'import', subjectId: id, data: { ...result } });
  });
  return result;
}

async function changesLeft({ sql }: Tx, workspaceId: string, id: string): Promise<boolean> {
  const left =
    await sql`select 1 from import_changes where workspace_id = ${workspaceId} and import_id = ${id} limit 1`;
  return left.length > 0;
}
