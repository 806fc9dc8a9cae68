import type { Metadata } from 'next';
import { LiveData } from '@/components/shell/live-data';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { runDetails } from '@/lib/features/health/run-details';
import { getRun } from '@/lib/features/runs/get-run';
import { runProgress } from '@/lib/features/runs/run-progress';
import { orNotFound } from '@/lib/http/or-not-found';
import { RunLive } from './run-live';

export const metadata: Metadata = { title: 'Run' };

interface Props {
  params: Promise<{ runId: string }>;
}

export default async function RunPage({ params }: Props) {
  const ctx = await requirePermission('runs.read');
  const { runId } = await params;
  const run = await orNotFound(getRun(ctx, runId));
  const [progress, details] = await Promise.all([runProgress(ctx, runId), runDetails(ctx, runId)]);
  return (
    <LiveData>
      <RunLive
        run={toWire(run)}
        progress={toWire(progress)}
        details={toWire(details)}
        rights={{
          control: may(ctx, 'runs.control'),
          launch: may(ctx, 'campaigns.launch'),
          exportRows: may(ctx, 'contacts.export'),
          report: may(ctx, 'reports.read'),
        }}
      />
    </LiveData>
  );
}
