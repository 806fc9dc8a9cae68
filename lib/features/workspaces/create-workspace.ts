import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { workspaceNameSchema } from '@/lib/features/workspaces/person-name';
import { timeZoneSchema } from '@/lib/features/workspaces/time-zone';
import { newId } from '@/lib/ids';

export const createWorkspaceSchema = z.object({
  name: workspaceNameSchema,
  timeZone: timeZoneSchema.default('UTC'),
  demo: z.boolean().default(false),
});

export interface WorkspaceOwner {
  userId: string;
  name: string;
}

function slugOf(name: string): string {
  const ascii = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    ascii
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 40) || 'workspace'
  );
}

async function insertWorkspace(tx: Tx, input: z.output<typeof createWorkspaceSchema>): Promise<string> {
  const id = newId('workspace');
  const { name, timeZone, demo } = input;
  const slug = slugOf(name);
  for (const candidate of [slug, `${slug}-${id.slice(-5)}`, id]) {
    const [made] = await tx.sql`
      insert into workspaces (id, name, slug, time_zone, demo) values (${id}, ${name}, ${candidate}, ${timeZone}, ${demo})
      on conflict (slug) do nothing returning id`;
    if (made) break;
  }
  return id;
}

/** The same inside a transaction of the caller. */
export async function createWorkspaceIn(
  tx: Tx,
  owner: WorkspaceOwner,
  input: z.input<typeof createWorkspaceSchema>,
): Promise<{ id: string }> {
  const parsed = parseInput(createWorkspaceSchema, input);
  const id = await insertWorkspace(tx, parsed);
  await tx.sql`insert into members (workspace_id, user_id, role) values (${id}, ${owner.userId}, 'owner')`;
  const ctx: Ctx = { workspaceId: id, actor: { type: 'user', ...owner, role: 'owner' } };
  const data = { name: parsed.name, timeZone: parsed.timeZone };
  await recordAudit(tx, ctx, { action: 'workspace.created', subjectType: 'workspace', subjectId: id, data });
  return { id };
}

/** Makes a workspace whose only member, as owner, is the person who asks. Names may repeat; addresses never do. */
export async function createWorkspace(
  owner: WorkspaceOwner,
  input: z.input<typeof createWorkspaceSchema>,
): Promise<{ id: string }> {
  return await withSystemTx((tx) => createWorkspaceIn(tx, owner, input));
}
