import { z } from 'zod';
import { pool, withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { findOrCreateUser } from '@/lib/features/workspaces/create-user';
import { createWorkspaceIn } from '@/lib/features/workspaces/create-workspace';
import { invitedAddressSchema } from '@/lib/features/workspaces/invited-address';
import { personNameSchema, workspaceNameSchema } from '@/lib/features/workspaces/person-name';
import { timeZoneSchema } from '@/lib/features/workspaces/time-zone';

export const createFirstAccountSchema = z.object({
  email: invitedAddressSchema,
  name: personNameSchema,
  workspaceName: workspaceNameSchema,
  timeZone: timeZoneSchema.default('UTC'),
  passwordHash: z.string(),
});

/** Whether nobody has an account yet, so that the first one may be made. */
export async function isUnclaimed(): Promise<boolean> {
  const [someone] = await pool()`select 1 from users limit 1`;
  return !someone;
}

/**
 * The first person of a new installation, with their workspace. Throws `conflict` as soon as there is any account; two
 * at once make one.
 */
export async function createFirstAccount(
  input: z.input<typeof createFirstAccountSchema>,
): Promise<{ userId: string; workspaceId: string }> {
  const { email, name, workspaceName, timeZone, passwordHash } = parseInput(createFirstAccountSchema, input);
  return await withSystemTx(async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended('first account', 0))`;
    const [someone] = await tx.sql`select 1 from users limit 1`;
    if (someone) throw new AppError('conflict', 'This installation has its first account already. Sign in instead.');
    const user = await findOrCreateUser(tx, { email, name, passwordHash });
    const workspace = await createWorkspaceIn(tx, { userId: user.id, name }, { name: workspaceName, timeZone });
    return { userId: user.id, workspaceId: workspace.id };
  });
}
