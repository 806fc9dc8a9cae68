import type { Ctx } from '@/lib/context';
import { linkMaps } from '@/lib/features/reports/link-map';
import { runDomains } from '@/lib/features/reports/run-domains';
import { runEngagement } from '@/lib/features/reports/run-engagement';
import { runLinks } from '@/lib/features/reports/run-links';
import { DomainTable } from './domain-table';
import { EngagementSection } from './engagement-section';
import { LinkMapSection } from './link-map-section';
import { LinkTable } from './link-table';

interface LaterPartsProps {
  ctx: Ctx;
  runId: string;
  emails: number;
}

/** What is read from the deliveries themselves, which takes a moment for a very large run; the page does not wait for it. */
export async function LaterParts({ ctx, runId, emails }: LaterPartsProps) {
  const [links, domains, engagement] = await Promise.all([
    runLinks(ctx, runId),
    runDomains(ctx, runId),
    runEngagement(ctx, runId),
  ]);
  const maps = await linkMaps(ctx, runId, links, emails);
  return (
    <>
      <EngagementSection engagement={engagement} />
      <LinkMapSection maps={maps} />
      <LinkTable links={links} emails={emails} />
      <DomainTable domains={domains} />
    </>
  );
}
