import type { Metadata } from 'next';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { healthPage } from '@/lib/features/health/health-page';
import { HealthLive } from './health-live';

export const metadata: Metadata = { title: 'Health' };

export default async function HealthPage() {
  const ctx = await requirePermission('runs.read');
  return <HealthLive initial={toWire(await healthPage(ctx))} mayManage={may(ctx, 'providers.manage')} />;
}
