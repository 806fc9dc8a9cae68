import type { Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { LOCAL_KINDS } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';

type Sending = { campaignId: string } | { runId: string } | { recurringId: string };

/** For what would let a test key send after all: throws `forbidden` with this sentence. */
export function refuseTestKey(ctx: Ctx, sentence: string): void {
  if (ctx.actor.type === 'api_key' && !ctx.actor.live) throw new AppError('forbidden', sentence);
}

/**
 * A test key sends through sandbox providers and the local inbox only: throws `forbidden` if the campaign's draft, or the
 * version that a run froze or that recurs, names a sender with a real one. Everybody else passes.
 */
export async function requireSandboxForTestKey(ctx: Ctx, sending: Sending): Promise<void> {
  if (ctx.actor.type !== 'api_key' || ctx.actor.live) return;
  const { workspaceId } = ctx;
  const real = await withTx(ctx, async ({ sql }) => {
    const accounts =
      'campaignId' in sending
        ? sql`select s.provider_account_id as id from campaigns c, jsonb_array_elements(c.draft -> 'flow') f
              join senders s on s.workspace_id = ${workspaceId} and s.id = f ->> 'senderId'
              where c.workspace_id = ${workspaceId} and c.id = ${sending.campaignId}`
        : 'recurringId' in sending
          ? sql`select f #>> '{sender,providerAccountId}' as id from recurrences r join campaign_versions v on v.id = r.version_id,
              jsonb_array_elements(v.frozen -> 'flow') f
              where r.workspace_id = ${workspaceId} and r.campaign_id = ${sending.recurringId}`
          : sql`select f #>> '{sender,providerAccountId}' as id from runs r join campaign_versions v on v.id = r.version_id,
              jsonb_array_elements(v.frozen -> 'flow') f where r.workspace_id = ${workspaceId} and r.id = ${sending.runId}`;
    return await sql<{ name: string }[]>`
      select a.name from provider_accounts a where a.workspace_id = ${workspaceId} and not a.sandbox
        and a.kind <> all(${LOCAL_KINDS}::text[]) and a.id in (${accounts}) limit 1`;
  });
  if (real[0]) {
    throw new AppError(
      'forbidden',
      `A test key sends through sandbox providers only, and “${real[0].name}” is a real one. Nothing was sent.`,
    );
  }
}
