import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { sinkTableSchema } from '@/lib/domain/output-connection';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { openSink } from '@/lib/features/outputs/open-sink';

export const verifyOutputConnectionSchema = z.object({ id: z.string(), table: sinkTableSchema.optional() });

/** Tries a connection without recording anybody: signs in and looks at the table, or posts a signed ping. Audited. */
export async function verifyOutputConnection(
  ctx: Ctx,
  input: z.input<typeof verifyOutputConnectionSchema>,
): Promise<{ ok: boolean; text: string }> {
  authorise(ctx, 'providers.manage');
  const { id, table } = parseInput(verifyOutputConnectionSchema, input);
  const sink = await openSink(ctx.workspaceId, id);
  if (!sink) throw new AppError('not_found', 'This connection does not exist in this workspace.');
  const result = await sink.verify(table);
  await withTx(ctx, async (tx) => {
    await tx.sql`update output_connections set verified_at = ${result.ok ? new Date() : null}
                 where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'output_connection.verified',
      subjectType: 'output_connection',
      subjectId: id,
      data: { ...result, table },
    });
  });
  return result;
}
