import { type Ctx, may } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { recordLookUp } from '@/lib/features/service/record-look-up';

/**
 * Whoever may look customers up but not read contacts at large is an agent: what they read of people past the desk is
 * noted in the audit log as the desk's look-ups are. Others are not noted.
 */
export async function noteLookUps(ctx: Ctx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0 || may(ctx, 'contacts.read')) return;
  await withTx(ctx, async (tx) => {
    for (const contactId of new Set(contactIds)) await recordLookUp(tx, ctx, contactId, 'api');
  });
}
