import type { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { contactScopeSchema, contactScopeSql } from '@/lib/features/contacts/contact-filter';
import { searchConditions } from '@/lib/features/contacts/contact-search';
import { workspaceCountry } from '@/lib/features/suppressions/normalise-address';

const MAX_FOUND = 10_000;

/**
 * How many contacts a scope holds: exact without a search, and up to 10,000 with one (`isMore` says that there are more).
 * Runs as the owner and names the workspace itself, as browseContacts does.
 */
export async function countContacts(
  ctx: Ctx,
  input: z.input<typeof contactScopeSchema> = {},
): Promise<{ count: number; isMore: boolean }> {
  authorise(ctx, 'contacts.read');
  const scope = parseInput(contactScopeSchema, input);
  return withTx(systemCtx(ctx.workspaceId, 'contact search'), async (tx) => {
    const { sql } = tx;
    const where = contactScopeSql(sql, ctx.workspaceId, scope);
    const { search, listId, status, consent, importId } = scope;
    if (listId && !search && !consent && !importId) {
      // who was erased is on no list any more
      const [subscribed] = await sql<{ n: number }[]>`
        select count(*)::int as n from subscriptions where workspace_id = ${ctx.workspaceId} and list_id = ${listId}
          ${status ? sql`and status = ${status}` : sql``}`;
      return { count: subscribed?.n ?? 0, isMore: false };
    }
    if (!search) {
      const [all] = await sql<{ n: number }[]>`select count(*)::int as n from contacts c where ${where}`;
      return { count: all?.n ?? 0, isMore: false };
    }
    const country = await workspaceCountry(tx, ctx.workspaceId);
    const [first, ...others] = searchConditions(sql, search, country).map(
      (one) => sql`(select c.id from contacts c where ${where} and ${one} limit ${MAX_FOUND + 1})`,
    );
    if (!first) return { count: 0, isMore: false };
    const [found] = await sql<{ n: number }[]>`
      select count(*)::int as n from (${others.reduce((all, one) => sql`${all} union ${one}`, first)}) as t(id)`;
    const n = found?.n ?? 0;
    return { count: Math.min(n, MAX_FOUND), isMore: n > MAX_FOUND };
  });
}
