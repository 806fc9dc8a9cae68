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

// enough to choose from, few enough to be found at once whichever way PostgreSQL goes
const CANDIDATES = 500;

/** Some contacts that match, newest first, for looking at while a rule is edited; of few matches the newest. */
export async function sampleSegment(
  ctx: Ctx,
  input: z.input<typeof sampleSegmentSchema>,
  now = new Date(),
): Promise<SampledContact[]> {
  authorise(ctx, 'contacts.read');
  const { source, limit } = parseInput(sampleSegmentSchema, input);
  return withSegmentQuery(ctx, source, now, async ({ tx: { sql }, where }) => {
    // without room to gather everybody first, PostgreSQL looks contact by contact and stops when it has enough
    await sql`select set_config('synchronize_seqscans', 'off', true), set_config('work_mem', '4MB', true),
      set_config('hash_mem_multiplier', '1', true)`;
    return await sql<SampledContact[]>`
      with found as materialized (select c.id from contacts c where ${where} limit ${CANDIDATES}),
        newest as materialized (select id from found order by id desc limit ${limit})
      select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName",
             c.last_name as "lastName", c.attributes
      from newest join contacts c on c.workspace_id = ${ctx.workspaceId} and c.id = newest.id
      order by c.id desc`;
  });
}
