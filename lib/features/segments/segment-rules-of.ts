import type { Tx } from '@/lib/db/client';
import type { Audience } from '@/lib/domain/campaign';
import type { SegmentRule } from '@/lib/domain/segment';
import { AppError } from '@/lib/errors';
import { loadSegmentRules } from '@/lib/features/segments/load-segment-rules';

/**
 * The rules of every segment an audience names, and of segments those rules name, as they are now. Throws
 * `precondition` for one that is gone.
 */
export async function segmentRulesOf(
  tx: Tx,
  workspaceId: string,
  audience: Audience,
): Promise<Record<string, SegmentRule>> {
  const named = [...audience.include, ...audience.exclude].flatMap((source) =>
    source.kind === 'segment' ? [source.id] : [],
  );
  try {
    return await loadSegmentRules(tx, workspaceId, named);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not_found') throw error;
    throw new AppError('precondition', `${error.message} The audience names it; choose another one.`, { cause: error });
  }
}
