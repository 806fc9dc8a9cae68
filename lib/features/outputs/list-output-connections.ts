import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { OutputConnectionConfig } from '@/lib/domain/output-connection';

/** A connection as people see it; of its secret only whether there is one. */
export interface OutputConnection {
  id: string;
  kind: OutputConnectionConfig['kind'];
  name: string;
  config: OutputConnectionConfig;
  hasSecret: boolean;
  verifiedAt: Date | null;
  /** Set while it takes nothing: since when, why, and when it is tried again. */
  holdSince: Date | null;
  holdReason: string | null;
  holdUntil: Date | null;
  createdAt: Date;
}

/** The workspace's connections for record steps in the order they were added, archived ones left out. */
export async function listOutputConnections(ctx: Ctx): Promise<OutputConnection[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => [
    ...(await sql<OutputConnection[]>`
      select id, kind, name, config, secret is not null as "hasSecret", verified_at as "verifiedAt", hold_since as "holdSince",
             hold_reason as "holdReason", hold_until as "holdUntil", created_at as "createdAt"
      from output_connections where workspace_id = ${ctx.workspaceId} and archived_at is null order by created_at, id`),
  ]);
}
