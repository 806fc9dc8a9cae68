import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { listMergeFields } from '@/lib/features/templates/list-merge-fields';
import { listTemplates } from '@/lib/features/templates/list-templates';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { TemplateCard } from './template-card';
import { TemplateFilter } from './template-filter';
import { TemplateMenuButton } from './template-menu-button';

export const metadata: Metadata = { title: 'Templates' };

const addressSchema = z.object({
  channel: z.enum(['email', 'sms']).optional().catch(undefined),
  q: z.string().max(200).catch('').default(''),
  archived: z.literal('true').optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function TemplatesPage({ searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { channel, q, archived, cursor } = addressSchema.parse(await searchParams);
  const [{ items, nextCursor }, fields] = await Promise.all([
    pageOrFirst(cursor, (at) =>
      listTemplates(ctx, { channel, q, archived: archived === 'true', cursor: at, limit: 24 }),
    ),
    listMergeFields(ctx),
  ]);
  const mayWrite = may(ctx, 'campaigns.write');
  const filter = new URLSearchParams({ ...(channel && { channel }), ...(q && { q }), ...(archived && { archived }) });
  const isFiltered = filter.size > 0 || cursor !== undefined;
  const create = mayWrite && (
    <LinkButton href="/templates/new" variant="primary">
      <Plus /> New template
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Templates"
        description="What emails and text messages say. A launched campaign keeps the copy it was launched with."
        actions={(isFiltered || items.length > 0) && create}
      />
      {(isFiltered || items.length > 0) && <TemplateFilter channel={channel} q={q} archived={archived === 'true'} />}
      {items.length === 0 ? (
        <EmptyState
          title={isFiltered ? 'No template matches' : 'Nothing written yet'}
          kind={isFiltered ? 'filtered' : 'first'}
          action={isFiltered ? <LinkButton href="/templates">Show all templates</LinkButton> : create}
        >
          {isFiltered ? null : 'Begin with one of six finished emails, with a blank one, or with a text message.'}
        </EmptyState>
      ) : (
        <ul aria-label="Templates" className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          {items.map((template) => (
            <TemplateCard
              key={template.id}
              {...template}
              fields={fields}
              updatedAt={template.updatedAt.toISOString()}
              menu={
                mayWrite && (
                  <TemplateMenuButton id={template.id} name={template.name} isArchived={template.archivedAt !== null} />
                )
              }
            />
          ))}
        </ul>
      )}
      <Pagination
        previousHref={cursor ? `/templates?${filter}` : null}
        nextHref={nextCursor && `/templates?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`}
      />
    </>
  );
}
