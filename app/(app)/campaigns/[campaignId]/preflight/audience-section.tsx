'use client';

import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { Waterfall } from '@/components/ui/waterfall';
import type { AudienceSource } from '@/lib/domain/campaign';
import { waterfallOf } from '../audience-panel';
import type { Report } from './preflight-view';

function hrefOf(include: readonly AudienceSource[]): string | undefined {
  const [only] = include;
  if (include.length !== 1 || !only) return undefined;
  if (only.kind === 'everyone') return '/contacts';
  return only.kind === 'list' ? `/lists/${only.id}` : `/segments/${only.id}/contacts`;
}

/** From everybody named to everybody reached. */
export function AudienceSection({ report, include }: { report: Report; include: AudienceSource[] }) {
  if (include.length === 0) return null;
  const href = hrefOf(include);
  return (
    <Section
      title="Who gets it"
      description="As things are now. Who opts out before their turn is left out then too."
      actions={<TextLink href={`/campaigns/${report.campaignId}#who`}>Change</TextLink>}
    >
      <Waterfall
        from={{ label: 'In the lists and segments', count: report.count.listTotal, ...(href && { href }) }}
        exclusions={waterfallOf(report.count)}
        audience={{ label: 'Audience', count: report.count.audience }}
      />
    </Section>
  );
}
