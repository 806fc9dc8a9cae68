'use client';

import { useState } from 'react';
import { counted } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import type { CampaignDraft } from '@/lib/domain/campaign';
import type { Wire } from '@/lib/domain/wire';
import type { LastRun } from '@/lib/features/campaigns/last-run-of';
import type { PreflightReport } from '@/lib/features/campaigns/preflight';
import { AudienceSection } from './audience-section';
import { ContentSection } from './content-section';
import { FindingsSection } from './findings-section';
import { LaunchBox } from './launch-box';
import { LinksSection } from './links-section';

export type Report = Wire<PreflightReport>;

interface PreflightViewProps {
  report: Report;
  draft: CampaignDraft;
  lastRun: LastRun | null;
  isActive: boolean;
  timeZone: string;
  me: string;
  canWrite: boolean;
}

function verdict(report: Report): string {
  const count = (level: string) => report.findings.filter((finding) => finding.level === level).length;
  if (report.launched) return 'This version was launched. Below is how things are now.';
  const critical = count('critical');
  const warnings = count('warning');
  if (critical > 0) return critical === 1 ? 'One thing stops this launch.' : `${critical} things stop this launch.`;
  if (warnings > 0) {
    return warnings === 1
      ? 'Nothing stops it; one thing to look at before it goes.'
      : `Nothing stops it; ${warnings} things to look at before it goes.`;
  }
  return `Everything is in order for ${counted(report.count.audience, 'person', 'people')}.`;
}

/** All that is known before a launch, and the launch itself. */
export function PreflightView({ report, draft, lastRun, isActive, timeZone, me, canWrite }: PreflightViewProps) {
  const [accepted, setAccepted] = useState<string[]>([]);
  return (
    <>
      <PageHeader
        title="Pre-flight"
        trail={[
          { label: 'Campaigns', href: '/campaigns' },
          { label: report.name, href: `/campaigns/${report.campaignId}` },
        ]}
        description={verdict(report)}
      />
      <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-12">
          <FindingsSection
            findings={report.findings}
            accepted={accepted}
            onAccept={(code, isAccepted) =>
              setAccepted(isAccepted ? [...accepted, code] : accepted.filter((each) => each !== code))
            }
            canAccept={report.mayLaunch && report.launched === null}
            isLaunched={report.launched !== null}
          />
          <AudienceSection report={report} include={draft.audience.include} />
          <ContentSection report={report} />
          <LinksSection links={report.links} />
        </div>
        <aside aria-label="Launch" className="lg:sticky lg:top-6 lg:self-start">
          <LaunchBox
            report={report}
            draft={draft}
            lastRun={lastRun}
            accepted={accepted}
            isActive={isActive}
            timeZone={timeZone}
            me={me}
            canWrite={canWrite}
          />
        </aside>
      </div>
    </>
  );
}
