import type { Metadata } from 'next';
import { Suspense } from 'react';
import { z } from 'zod';
import { ContactCount } from '@/app/(app)/contacts/contact-count';
import { ContactTable } from '@/components/contacts/contact-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton, TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { countSegment } from '@/lib/features/segments/count-segment';
import { getSegment } from '@/lib/features/segments/get-segment';
import { listSegmentContacts } from '@/lib/features/segments/list-segment-contacts';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';

export const metadata: Metadata = { title: 'People in a segment' };

const addressSchema = z.object({ cursor: z.string().max(1000).optional().catch(undefined) });

/** A page is whole within 200 ms; the list of segments counts to the end. */
const PAGE_MS = 90;

interface Props {
  params: Promise<{ segmentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SegmentContactsPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { segmentId } = await params;
  const { cursor } = addressSchema.parse(await searchParams);
  const segment = await orNotFound(getSegment(ctx, { id: segmentId }));
  const counting = countSegment(ctx, { id: segmentId }, { withinMs: PAGE_MS });
  // what becomes of it is told where it is shown
  counting.catch(() => undefined);
  const { items, nextCursor } = await pageOrFirst(cursor, (from) =>
    listSegmentContacts(ctx, { segmentId, cursor: from }),
  );
  const base = `/segments/${segmentId}`;
  return (
    <>
      <PageHeader
        title={`People in “${segment.name}”`}
        trail={[
          { label: 'Segments', href: '/segments' },
          { label: segment.name, href: base },
        ]}
        description={
          <>
            {segment.sentence} <TextLink href={base}>Change the rule</TextLink>
          </>
        }
      />
      {items.length === 0 ? (
        <EmptyState
          title="Nobody is in it now"
          kind="filtered"
          action={<LinkButton href={base}>Look at the rule</LinkButton>}
        />
      ) : (
        <ContactTable contacts={items} explainHref={(id) => `${base}?contact=${id}`} />
      )}
      <Pagination
        previousHref={cursor ? `${base}/contacts` : null}
        nextHref={nextCursor && `${base}/contacts?${new URLSearchParams({ cursor: nextCursor })}`}
        summary={
          <Suspense fallback="Counting…">
            <ContactCount counting={counting} />
          </Suspense>
        }
      />
    </>
  );
}
