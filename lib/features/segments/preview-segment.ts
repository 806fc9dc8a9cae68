import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { countWithin, type FoundCount, WITHIN_MS } from '@/lib/features/segments/count-within';
import { segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';

const SAMPLES = 10;

export interface SegmentPreview extends FoundCount {
  samples: {
    id: string;
    externalId: string | null;
    email: string | null;
    phone: string | null;
    firstName: string | null;
    lastName: string | null;
  }[];
}

/** How many contacts match a rule that is being edited, counted as countSegment does, and the ten newest of them. */
export async function previewSegment(
  ctx: Ctx,
  input: z.input<typeof segmentSourceSchema>,
  now = new Date(),
): Promise<SegmentPreview> {
  authorise(ctx, 'contacts.read');
  const source = parseInput(segmentSourceSchema, input);
  const counted = await countWithin(ctx, source, now, WITHIN_MS);
  const samples = await withSegmentQuery(
    ctx,
    source,
    now,
    ({ tx: { sql }, where }) => sql<SegmentPreview['samples']>`
      select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName", c.last_name as "lastName"
      from contacts c where ${where} order by c.id desc limit ${SAMPLES}`,
  );
  return { ...counted, samples: [...samples] };
}
