import type { Metadata } from 'next';
import { LiveData } from '@/components/shell/live-data';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { getCampaign } from '@/lib/features/campaigns/get-campaign';
import { lastRunOf } from '@/lib/features/campaigns/last-run-of';
import { preflight } from '@/lib/features/campaigns/preflight';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { orNotFound } from '@/lib/http/or-not-found';
import { PreflightView } from './preflight-view';

export const metadata: Metadata = { title: 'Pre-flight' };

interface Props {
  params: Promise<{ campaignId: string }>;
}

export default async function PreflightPage({ params }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { campaignId } = await params;
  const campaign = await orNotFound(getCampaign(ctx, campaignId));
  const [report, workspace, lastRun, { recurrence }] = await Promise.all([
    preflight(ctx, campaignId),
    getWorkspace(ctx),
    lastRunOf(ctx, campaignId),
    listOccurrences(ctx, { campaignId, coming: 0, limit: 1 }),
  ]);
  return (
    <LiveData>
      <PreflightView
        key={report.revision}
        report={toWire(report)}
        draft={campaign.draft}
        lastRun={lastRun}
        isActive={
          campaign.draft.schedule.kind === 'recurring'
            ? recurrence?.status === 'active'
            : campaign.status === 'active' && campaign.draft.schedule.kind === 'event'
        }
        timeZone={workspace.timeZone}
        me={ctx.actor.type === 'user' ? ctx.actor.userId : ''}
        canWrite={may(ctx, 'campaigns.write')}
      />
    </LiveData>
  );
}
