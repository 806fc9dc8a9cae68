import type { RuleCatalogue } from '@/components/segments/rule-context';
import { type Ctx, may } from '@/lib/context';
import { listCampaigns } from '@/lib/features/campaigns/list-campaigns';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { listListNames } from '@/lib/features/lists/list-list-names';
import { listSegments } from '@/lib/features/segments/list-segments';

interface Named {
  id: string;
  name: string;
}

function named(items: Named[]): Named[] {
  return items.map(({ id, name }) => ({ id, name }));
}

/** Everything a rule may name, for the builder; the segment being edited left out. */
export async function ruleCatalogue(ctx: Ctx, segmentId?: string): Promise<RuleCatalogue> {
  const [attributes, lists, segments, campaigns] = await Promise.all([
    listAttributes(ctx),
    listListNames(ctx),
    listSegments(ctx, { limit: 200 }),
    may(ctx, 'campaigns.read') ? listCampaigns(ctx, { limit: 100 }) : { items: [] },
  ]);
  return {
    attributes,
    lists: named(lists),
    segments: named(segments.items.filter(({ id }) => id !== segmentId)),
    campaigns: named(campaigns.items),
  };
}
