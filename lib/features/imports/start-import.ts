import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { isReservedKey } from '@/lib/domain/attribute';
import { type ImportMapping, importMappingSchema, importOptionsSchema } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { defineAttributes } from '@/lib/features/contacts/define-attributes';
import { recordAudit } from '@/lib/features/history/record-audit';
import type { PlannedColumn } from '@/lib/features/imports/convert-row';
import { isReadable } from '@/lib/features/imports/decode-cell';
import type { ImportSettings } from '@/lib/features/imports/import-record';
import { inspectUpload } from '@/lib/features/imports/inspect-upload';
import { newId } from '@/lib/ids';

export const startImportSchema = z.object({
  uploadId: z.string(),
  mapping: importMappingSchema,
  options: importOptionsSchema.prefault({}),
  listId: z.string().optional(),
  /** Counts what would happen, with every rejection and note, and writes no contact. */
  dryRun: z.boolean().default(false),
});

function planColumns(mapping: ImportMapping, columns: readonly string[]): PlannedColumn[] {
  const taken = new Map<string, string>();
  const planned = mapping.map(({ column, target }) => {
    const index = columns.indexOf(column);
    if (index < 0) throw new AppError('invalid', `The file has no column “${column}”. It has: ${columns.join(', ')}.`);
    const goal = target.kind === 'field' ? target.field : target.kind === 'attribute' ? target.key : null;
    const other = goal ? taken.get(goal) : undefined;
    if (other) throw new AppError('invalid', `The columns “${other}” and “${column}” both go to ${goal}. Choose one.`);
    if (goal) taken.set(goal, column);
    if (target.kind === 'attribute' && isReservedKey(target.key)) {
      throw new AppError('invalid', `“${target.key}” is a standard field and cannot be the key of an attribute.`);
    }
    return { index, name: column, target };
  });
  if (!['external_id', 'email', 'phone'].some((field) => taken.has(field))) {
    throw new AppError('invalid', 'Map at least one column to the customer number, the email or the phone.');
  }
  return planned.filter(({ target }) => target.kind !== 'ignore').sort((a, b) => a.index - b.index);
}

async function checkPlace(tx: Tx, ctx: Ctx, input: { uploadId: string; listId?: string | undefined; dryRun: boolean }) {
  const { sql } = tx;
  const { workspaceId } = ctx;
  const [upload] = await sql<{ fileName: string }[]>`
    select file_name as "fileName" from uploads where workspace_id = ${workspaceId} and id = ${input.uploadId} for update`;
  if (!upload) throw new AppError('not_found', 'There is no such upload in this workspace.');
  if (input.listId) {
    const [list] = await sql`
      select 1 from lists where workspace_id = ${workspaceId} and id = ${input.listId} and archived_at is null`;
    if (!list) throw new AppError('not_found', 'There is no such list in this workspace.');
  }
  const [running] = await sql<{ id: string }[]>`
    select id from imports where workspace_id = ${workspaceId} and upload_id = ${input.uploadId}
      and not dry_run and status in ('queued', 'running')`;
  if (running && !input.dryRun) {
    throw new AppError('conflict', 'This file is being imported already. Nothing was started a second time.');
  }
  const [workspace] = await sql<{ country: string | null }[]>`
    select settings ->> 'defaultCountry' as country from workspaces where id = ${workspaceId}`;
  return { fileName: upload.fileName, country: workspace?.country ?? undefined };
}

/**
 * Queues an import of an upload; new attributes of its mapping are defined at once. The edge then wakes the job. Throws
 * `invalid` for a mapping that does not fit the file, `conflict` while the same file is being imported.
 */
export async function startImport(ctx: Ctx, input: z.input<typeof startImportSchema>): Promise<{ id: string }> {
  authorise(ctx, 'contacts.write');
  const { uploadId, mapping, options, listId, dryRun } = parseInput(startImportSchema, input);
  if (!isReadable(options.encoding))
    throw new AppError('invalid', `The encoding ${options.encoding} is not supported.`);
  const { encoding, delimiter, hasHeader } = options;
  const { columns } = await inspectUpload(ctx, { uploadId, encoding, delimiter, hasHeader });
  const planned = planColumns(mapping, columns);
  return withTx(ctx, async (tx) => {
    const { fileName, country } = await checkPlace(tx, ctx, { uploadId, listId, dryRun });
    const attributes = planned.flatMap(({ target }) => (target.kind === 'attribute' ? [target] : []));
    await defineAttributes(tx, ctx, attributes, dryRun);
    const defaultCountry = options.defaultCountry ?? country;
    const settings: ImportSettings = {
      options: { ...options, ...(defaultCountry ? { defaultCountry } : {}) },
      columns: planned,
      header: columns,
    };
    const id = newId('import');
    await tx.sql`
      insert into imports (id, workspace_id, upload_id, file_name, status, dry_run, list_id, options, created_by)
      values (${id}, ${ctx.workspaceId}, ${uploadId}, ${fileName}, 'queued', ${dryRun}, ${listId ?? null},
              ${JSON.stringify(settings)}::text::jsonb, ${actorLabel(ctx).id})`;
    await recordAudit(tx, ctx, {
      action: dryRun ? 'import.tried' : 'import.started',
      subjectType: 'import',
      subjectId: id,
      data: { fileName, uploadId, listId: listId ?? null },
    });
    return { id };
  });
}
