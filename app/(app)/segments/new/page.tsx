import type { Metadata } from 'next';
import { z } from 'zod';
import { LiveData } from '@/components/shell/live-data';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { EVERYBODY } from '@/lib/domain/segment';
import { getSegment } from '@/lib/features/segments/get-segment';
import { orNotFound } from '@/lib/http/or-not-found';
import { ruleCatalogue } from '../rule-catalogue';
import { NewSegment } from './new-segment';

export const metadata: Metadata = { title: 'New segment' };

const addressSchema = z.object({ from: z.string().max(60).optional().catch(undefined) });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewSegmentPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.write');
  const { from } = addressSchema.parse(await searchParams);
  const [catalogue, original] = await Promise.all([
    ruleCatalogue(ctx),
    from ? orNotFound(getSegment(ctx, { id: from })) : null,
  ]);
  return (
    <>
      <PageHeader title="New segment" trail={[{ label: 'Segments', href: '/segments' }]} />
      <LiveData>
        <NewSegment
          catalogue={catalogue}
          draft={{
            name: original ? `${original.name} (copy)`.slice(0, 120) : '',
            description: original?.description ?? '',
            rule: original?.rule ?? EVERYBODY,
          }}
        />
      </LiveData>
    </>
  );
}
