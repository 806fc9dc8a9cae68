import { z } from 'zod';
import { personOf } from '@/lib/auth/revoke-session';
import type { Ctx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { personNameSchema } from '@/lib/features/workspaces/person-name';

export const renameSelfSchema = z.object({ name: personNameSchema });

/** Changes the name under which one's colleagues and the audit log know one. Earlier entries keep the earlier name. */
export async function renameSelf(ctx: Ctx, input: z.input<typeof renameSelfSchema>): Promise<void> {
  const userId = personOf(ctx);
  const { name } = parseInput(renameSelfSchema, input);
  await withSystemTx(async (tx) => {
    const [before] = await tx.sql<{ name: string }[]>`select name from users where id = ${userId} for update`;
    if (!before || before.name === name) return;
    await tx.sql`update users set name = ${name} where id = ${userId}`;
    const data = { from: before.name, to: name };
    await recordAudit(tx, ctx, { action: 'user.renamed', subjectType: 'user', subjectId: userId, data });
  });
}
