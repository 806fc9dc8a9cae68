import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { csvLine } from '@/lib/domain/csv';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import type { Suppression } from '@/lib/features/suppressions/list-suppressions';

const exportSuppressionsSchema = z.object({ channel: z.enum(['email', 'sms']).optional() });
const CHUNK = 2000;

/** Every suppression with an address as RFC 4180 text, oldest first; formulas are disarmed. Audited before the first line. */
export async function exportSuppressions(
  ctx: Ctx,
  input: z.input<typeof exportSuppressionsSchema> = {},
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  authorise(ctx, 'contacts.export');
  const { channel } = parseInput(exportSuppressionsSchema, input);
  await withTx(ctx, (tx) => {
    return recordAudit(tx, ctx, {
      action: 'suppressions.exported',
      subjectType: 'workspace',
      subjectId: ctx.workspaceId,
      data: { channel },
    });
  });

  function page(after: string): Promise<Suppression[]> {
    return withTx(ctx, async ({ sql }) => {
      return await sql<Suppression[]>`
        select id, channel, address, reason, source, note, created_at as "createdAt" from suppressions
        where workspace_id = ${ctx.workspaceId} and address is not null and id > ${after}
          ${channel ? sql`and channel = ${channel}` : sql``}
        order by id limit ${CHUNK}`;
    });
  }

  async function* lines(): AsyncGenerator<string> {
    yield csvLine(['channel', 'address', 'reason', 'source', 'note', 'created_at']);
    for (let rows = await page(''); rows.length > 0; ) {
      yield rows
        .map((one) => csvLine([one.channel, one.address, one.reason, one.source, one.note, one.createdAt]))
        .join('');
      rows = rows.length < CHUNK ? [] : await page(rows.at(-1)?.id ?? '');
    }
  }
  return { fileName: `suppressions${channel ? `-${channel}` : ''}.csv`, lines: lines() };
}
