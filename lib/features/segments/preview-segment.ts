import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';

const SAMPLES = 10;

export interface SegmentPreview {
  count: number;
  /** Everybody in the workspace. */
  total: number;
  samples: {
    id: string;
    externalId: string | null;
    email: string | null;
    phone: string | null;
    firstName: string | null;
    lastName: string | null;
  }[];
}

/** How many contacts match a rule that is being edited, and the ten newest of them, at one and the same moment. */
export async function previewSegment(
  ctx: Ctx,
  input: z.input<typeof segmentSourceSchema>,
  now = new Date(),
): Promise<SegmentPreview> {
  authorise(ctx, 'contacts.read');
  const source = parseInput(segmentSourceSchema, input);
  return withSegmentQuery(ctx, source, now, async ({ tx: { sql }, where, everybody }) => {
    const [counted] = await sql<{ count: number; total: number }[]>`
      select (select count(*) from contacts c ${everybody.joins} where ${everybody.where})::int as count,
        (select count(*) from contacts c where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null)::int as total`;
    const samples = await sql<SegmentPreview['samples']>`
      select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName", c.last_name as "lastName"
      from contacts c where ${where} order by c.id desc limit ${SAMPLES}`;
    return { count: counted?.count ?? 0, total: counted?.total ?? 0, samples: [...samples] };
  });
}
