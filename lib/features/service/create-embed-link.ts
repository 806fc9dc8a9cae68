import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { findContact } from '@/lib/features/contacts/contact-row';
import { recordAudit } from '@/lib/features/history/record-audit';
import { sealEmbedToken } from '@/lib/features/service/embed-token';

export const createEmbedLinkSchema = z.object({
  contactId: z.string(),
  /** How long the panel may be opened with it; at most a working day. */
  minutes: z.coerce.number().int().min(1).max(480).default(15),
});

/**
 * A link to the read-only panel of one customer, to be framed by a system the workspace allows. It ends by itself, and
 * at once when whoever made it loses the right to look customers up. Throws `not_found`.
 */
export async function createEmbedLink(
  ctx: Ctx,
  input: z.input<typeof createEmbedLinkSchema>,
  now = new Date(),
): Promise<{ url: string; expiresAt: Date }> {
  authorise(ctx, 'service.lookup');
  const { contactId, minutes } = parseInput(createEmbedLinkSchema, input);
  const { actor, workspaceId } = ctx;
  if (actor.type === 'system') throw new AppError('forbidden', 'A panel is opened for a person or by an API key.');
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const agent = actor.type === 'user' ? actor.userId : actor.keyId;
  const token = sealEmbedToken({ workspaceId, contactId, agent, expiresAtMs: expiresAt.getTime() });
  await withTx(ctx, async (tx) => {
    await findContact(tx, workspaceId, contactId);
    await recordAudit(tx, ctx, {
      action: 'service.panel_linked',
      subjectType: 'contact',
      subjectId: contactId,
      data: { minutes },
    });
  });
  return { url: new URL(`/embed/contact/${token}`, env().APP_URL).href, expiresAt };
}
