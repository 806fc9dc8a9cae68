import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { countWithin, type FoundCount, WITHIN_MS } from '@/lib/features/segments/count-within';
import { segmentSourceSchema } from '@/lib/features/segments/segment-query';

/**
 * How many contacts match a saved segment or a rule that is being edited, out of how many. Exact, unless that would take
 * longer than `withinMs` in a large workspace: then an estimate, with `isExact` false. Throws `not_found`, and `limit`
 * where counting to the end was asked for and takes longer than 20 seconds.
 */
export async function countSegment(
  ctx: Ctx,
  input: z.input<typeof segmentSourceSchema>,
  { now = new Date(), withinMs = WITHIN_MS }: { now?: Date; withinMs?: number | null } = {},
): Promise<FoundCount> {
  authorise(ctx, 'contacts.read');
  return await countWithin(ctx, parseInput(segmentSourceSchema, input), now, withinMs);
}
