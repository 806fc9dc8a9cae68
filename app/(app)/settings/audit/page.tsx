import type { Metadata } from 'next';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { listAudit, listAuditActions } from '@/lib/features/history/list-audit';
import { listMembers } from '@/lib/features/workspaces/list-members';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { AuditFilter } from './audit-filter';
import { AuditTable } from './audit-table';
import { VerifyChain } from './verify-chain';

export const metadata: Metadata = { title: 'Audit log' };

const addressSchema = z.object({
  kind: z.string().max(50).optional().catch(undefined),
  actor: z.string().max(100).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AuditPage({ searchParams }: Props) {
  const ctx = await requirePermission('audit.read');
  const { kind, actor, cursor } = addressSchema.parse(await searchParams);
  const [{ items, nextCursor }, actions, members] = await Promise.all([
    pageOrFirst(cursor, (at) => listAudit(ctx, { action: kind && `${kind}.`, actorId: actor, cursor: at })),
    listAuditActions(ctx),
    listMembers(ctx),
  ]);
  const kinds = [...new Set(actions.map((action) => action.split('.')[0] ?? action))];
  const filter = new URLSearchParams({ ...(kind && { kind }), ...(actor && { actor }) });
  const nextHref = nextCursor && `/settings/audit?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`;
  return (
    <Section
      title="Audit log"
      description="Who changed what, and when. Entries cannot be changed or removed unnoticed."
      actions={<VerifyChain />}
    >
      <AuditFilter
        kinds={kinds}
        kind={kind}
        actor={actor}
        people={members.map(({ userId, name }) => ({ userId, name }))}
      />
      {items.length === 0 ? (
        <EmptyState
          title="No entry matches"
          kind="filtered"
          action={<LinkButton href="/settings/audit">Show all entries</LinkButton>}
        />
      ) : (
        <AuditTable items={items.map((item) => ({ ...item, at: item.at.toISOString() }))} />
      )}
      <Pagination
        previousHref={cursor ? `/settings/audit?${filter}` : null}
        nextHref={nextHref}
        summary={cursor ? 'Older entries; “Previous” goes to the newest' : undefined}
      />
    </Section>
  );
}
