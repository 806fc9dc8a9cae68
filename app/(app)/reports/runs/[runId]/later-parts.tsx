import { Section } from '@/components/ui/section';
import type { Ctx } from '@/lib/context';
import { linkMaps } from '@/lib/features/reports/link-map';
import { runBreakdowns } from '@/lib/features/reports/run-breakdowns';
import { DomainTable } from './domain-table';
import { EngagementSection } from './engagement-section';
import { LinkMapSection } from './link-map-section';
import { LinkTable } from './link-table';

interface LaterPartsProps {
  ctx: Ctx;
  runId: string;
  emails: number;
}

/** The run by link, by domain and over time; of a very large one these are counted with its outcomes. */
export async function LaterParts({ ctx, runId, emails }: LaterPartsProps) {
  const breakdowns = await runBreakdowns(ctx, runId);
  if (!breakdowns) {
    return (
      <Section title="By link and by domain">
        <p className="border-ink border-t pt-3 text-ink-soft">This is being counted; look again in a moment.</p>
      </Section>
    );
  }
  const { links, domains, engagement } = breakdowns;
  const maps = await linkMaps(ctx, runId, links, emails);
  return (
    <>
      <EngagementSection engagement={engagement} />
      <LinkMapSection maps={maps} />
      <LinkTable runId={runId} links={links} emails={emails} />
      <DomainTable runId={runId} domains={domains} />
    </>
  );
}
