import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { insertSuppressions } from '@/lib/features/suppressions/insert-suppressions';
import { parseAddress, workspaceCountry } from '@/lib/features/suppressions/normalise-address';

export const importSuppressionsSchema = z.object({
  channel: z.enum(['email', 'sms']),
  /** One address per line, or CSV with a column `address`, `email` or `phone`; what exportSuppressions writes. */
  text: z.string().max(20_000_000),
  reason: z.enum(['bounce', 'complaint', 'manual', 'unsubscribed']).default('manual'),
  source: z.string().trim().min(1).max(60).default('import'),
});
const BATCH = 2000;
const HEADER = /^(?:address|e-?mail(?: address)?|phone|mobile|number)$/i;

export interface SuppressionImport {
  added: number;
  known: number;
  rejected: { row: number; text: string; message: string }[];
  rejectedCount: number;
}

function readCells(text: string): { row: number; cell: string }[] {
  try {
    const records: string[][] = parse(text, { bom: true, relax_column_count: true, relax_quotes: true });
    const found = records[0]?.findIndex((cell) => HEADER.test(cell.trim())) ?? -1;
    const column = Math.max(0, found);
    return records.slice(found >= 0 ? 1 : 0).flatMap((record, i) => {
      const cell = (record[column] ?? '').trim().replace(/^'(?=[=+\-@])/, '');
      return cell === '' ? [] : [{ row: i + (found >= 0 ? 2 : 1), cell }];
    });
  } catch (error) {
    throw new AppError(
      'invalid',
      'The file cannot be read as CSV: a quotation mark is never closed. Nothing was added.',
      {
        cause: error,
      },
    );
  }
}

/** Adds many addresses at once; all or nothing is written, rows that are no address are named. */
export async function importSuppressions(
  ctx: Ctx,
  input: z.input<typeof importSuppressionsSchema>,
): Promise<SuppressionImport> {
  authorise(ctx, 'contacts.write');
  const { channel, text, reason, source } = parseInput(importSuppressionsSchema, input);
  const cells = readCells(text);
  if (cells.length === 0) throw new AppError('invalid', 'The file has no addresses. Nothing was added.');
  return withTx(ctx, async (tx) => {
    const country = await workspaceCountry(tx, ctx.workspaceId);
    const rejected: SuppressionImport['rejected'] = [];
    const addresses = new Set<string>();
    for (const { row, cell } of cells) {
      const parsed = parseAddress(channel, cell, country);
      if (parsed.ok) addresses.add(parsed.address);
      else rejected.push({ row, text: cell.slice(0, 100), message: parsed.message });
    }
    let added = 0;
    const all = [...addresses];
    for (let at = 0; at < all.length; at += BATCH) {
      const entries = all.slice(at, at + BATCH).map((address) => ({ channel, address, reason, source, note: null }));
      const made = await insertSuppressions(tx, ctx.workspaceId, entries);
      added += made.filter((one) => one.added).length;
    }
    await recordAudit(tx, ctx, {
      action: 'suppressions.imported',
      subjectType: 'workspace',
      subjectId: ctx.workspaceId,
      data: { channel, reason, source, added, known: all.length - added, rejected: rejected.length },
    });
    return { added, known: all.length - added, rejected: rejected.slice(0, 1000), rejectedCount: rejected.length };
  });
}
