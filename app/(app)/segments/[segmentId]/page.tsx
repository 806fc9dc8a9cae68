import type { Metadata } from 'next';
import { z } from 'zod';
import { LiveData } from '@/components/shell/live-data';
import { Id } from '@/components/ui/code';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { getContact } from '@/lib/features/contacts/get-contact';
import { getSegment } from '@/lib/features/segments/get-segment';
import { orNotFound } from '@/lib/http/or-not-found';
import { ruleCatalogue } from '../rule-catalogue';
import { SegmentMenuButton } from '../segment-menu-button';
import { EditSegment } from './edit-segment';

export const metadata: Metadata = { title: 'Segment' };

const addressSchema = z.object({ contact: z.string().max(60).optional().catch(undefined) });

interface Props {
  params: Promise<{ segmentId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SegmentPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { segmentId } = await params;
  const { contact } = addressSchema.parse(await searchParams);
  const segment = await orNotFound(getSegment(ctx, { id: segmentId }));
  const [catalogue, person] = await Promise.all([
    ruleCatalogue(ctx, segmentId),
    contact ? orNotFound(getContact(ctx, { id: contact })) : undefined,
  ]);
  const readOnly = !may(ctx, 'contacts.write') || segment.archivedAt !== null;
  return (
    <>
      <PageHeader
        title={segment.name}
        trail={[{ label: 'Segments', href: '/segments' }]}
        stamp={segment.archivedAt && <Stamp status="archived" />}
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <Id value={segment.id} of="segment id" />
            <span>
              changed <RelativeTime at={segment.updatedAt.toISOString()} />
            </span>
          </span>
        }
        actions={
          <>
            {!readOnly && <SegmentMenuButton segmentId={segment.id} name={segment.name} />}
            <LinkButton href={`/segments/${segment.id}/contacts`}>People in it</LinkButton>
          </>
        }
      />
      <LiveData>
        <EditSegment
          key={segment.id}
          segmentId={segment.id}
          revision={segment.revision}
          catalogue={catalogue}
          readOnly={readOnly}
          draft={{ name: segment.name, description: segment.description ?? '', rule: segment.rule }}
          explain={
            person && {
              id: person.id,
              externalId: person.externalId,
              email: person.email,
              phone: person.phone,
              firstName: person.firstName,
              lastName: person.lastName,
            }
          }
        />
      </LiveData>
    </>
  );
}
