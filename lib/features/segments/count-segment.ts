import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { segmentSourceSchema, withSegmentQuery } from '@/lib/features/segments/segment-query';

/** How many contacts match a saved segment or a rule that is being edited, counted now and exactly. */
export async function countSegment(
  ctx: Ctx,
  input: z.input<typeof segmentSourceSchema>,
  now = new Date(),
): Promise<{ count: number; total: number }> {
  authorise(ctx, 'contacts.read');
  const source = parseInput(segmentSourceSchema, input);
  return withSegmentQuery(ctx, source, now, async ({ tx: { sql }, where }) => {
    const [found] = await sql<{ n: string }[]>`select count(*) as n from contacts c where ${where}`;
    const [all] = await sql<{ n: string }[]>`
      select count(*) as n from contacts c where c.workspace_id = ${ctx.workspaceId} and c.erased_at is null`;
    return { count: Number(found?.n ?? 0), total: Number(all?.n ?? 0) };
  });
}
