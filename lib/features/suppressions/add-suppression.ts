import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { insertSuppressions } from '@/lib/features/suppressions/insert-suppressions';
import { normaliseAddress } from '@/lib/features/suppressions/normalise-address';

export const addSuppressionSchema = z.object({
  channel: z.enum(['email', 'sms']),
  address: z.string().max(400),
  reason: z.enum(['bounce', 'complaint', 'manual', 'unsubscribed']).default('manual'),
  source: z.string().trim().min(1).max(60).default('manual'),
  note: z.string().trim().max(500).optional(),
});

/**
 * Makes sure that an address is never sent to. The first reason on record stays. Throws `invalid` for an address that is
 * none. Answers whether it was new.
 */
export async function addSuppression(
  ctx: Ctx,
  input: z.input<typeof addSuppressionSchema>,
): Promise<{ id: string; added: boolean }> {
  authorise(ctx, 'contacts.write');
  const { channel, address, reason, source, note } = parseInput(addSuppressionSchema, input);
  return withTx(ctx, async (tx) => {
    const normal = await normaliseAddress(tx, ctx.workspaceId, channel, address);
    const [made] = await insertSuppressions(tx, ctx.workspaceId, [
      { channel, address: normal, reason, source, note: note ?? null },
    ]);
    if (made?.added) {
      await recordAudit(tx, ctx, {
        action: 'suppression.added',
        subjectType: 'suppression',
        subjectId: made.id,
        data: { channel, reason, source },
      });
    }
    return { id: made?.id ?? '', added: made?.added ?? false };
  });
}
