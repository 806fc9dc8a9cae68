import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';

const sampleSegmentSchema = z.object({
  source: segmentSourceSchema,
  limit: z.number().int().min(1).max(50).default(10),
});

export interface SampledContact {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  attributes: Record<string, unknown>;
}

/** Some of the newest contacts that match, for looking at while a rule is edited. */
export async function sampleSegment(
  ctx: Ctx,
  input: z.input<typeof sampleSegmentSchema>,
  now = new Date(),
): Promise<SampledContact[]> {
  authorise(ctx, 'contacts.read');
  const { source, limit } = parseInput(sampleSegmentSchema, input);
  return withSegmentQuery(ctx, source, now, async ({ tx: { sql }, where }) => {
    return await sql<SampledContact[]>`
      select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName",
             c.last_name as "lastName", c.attributes
      from contacts c where ${where} order by c.id desc limit ${limit}`;
  });
}
