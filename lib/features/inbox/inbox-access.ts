import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

export interface InboxAccess {
  /** Where the capture answers. */
  baseUrl: string;
  /** Every message of the installation, as in the demo; otherwise only what this workspace's own deliveries sent. */
  seesAll: boolean;
}

/**
 * Whether a workspace has an inbox: the demo has, and whoever sends through a local capture. Throws `not_found` for
 * others and `precondition` where no capture is set up.
 */
export async function inboxAccess(ctx: Ctx): Promise<InboxAccess> {
  authorise(ctx, 'campaigns.read');
  const [row] = await withTx(ctx, async ({ sql }) => {
    return await sql<{ demo: boolean; captures: boolean }[]>`
      select demo, exists (
        select 1 from provider_accounts
        where workspace_id = w.id and kind in ('capture_email', 'capture_sms') and archived_at is null
      ) as captures from workspaces w where id = ${ctx.workspaceId}`;
  });
  if (!row?.demo && !row?.captures) {
    throw new AppError('not_found', 'This workspace has no local inbox: none of its providers captures messages.');
  }
  const baseUrl = env().WAYBILL_CAPTURE_HTTP_URL;
  if (!baseUrl) {
    throw new AppError('precondition', 'This installation runs no local capture: WAYBILL_CAPTURE_HTTP_URL is not set.');
  }
  return { baseUrl, seesAll: row.demo };
}
