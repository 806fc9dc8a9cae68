import type { Ctx } from '@/lib/context';
import { type StalledRun, stalledRuns } from '@/lib/features/health/stalled-runs';
import { type SystemHealth, systemHealth } from '@/lib/features/health/system-health';
import { type RecurringCampaign, recurringCampaigns } from '@/lib/features/occurrences/recurring-campaigns';
import { listProviderAccounts, type ProviderAccount } from '@/lib/features/providers/list-provider-accounts';

export type ProviderHealth = Pick<
  ProviderAccount,
  | 'id'
  | 'channel'
  | 'kind'
  | 'name'
  | 'maxPerSecond'
  | 'sandbox'
  | 'breakerState'
  | 'breakerReason'
  | 'breakerOpenedAt'
  | 'breakerRetryAt'
  | 'verifiedAt'
>;

export interface HealthPage extends SystemHealth {
  providers: ProviderHealth[];
  stalled: StalledRun[];
  recurring: RecurringCampaign[];
}

/** Everything the health page shows, for one poll; of providers nothing about how they are reached. */
export async function healthPage(ctx: Ctx): Promise<HealthPage> {
  const [system, accounts, stalled, recurring] = await Promise.all([
    systemHealth(ctx),
    listProviderAccounts(ctx),
    stalledRuns(ctx),
    recurringCampaigns(ctx),
  ]);
  const providers = accounts.map(
    ({
      id,
      channel,
      kind,
      name,
      maxPerSecond,
      sandbox,
      breakerState,
      breakerReason,
      breakerOpenedAt,
      breakerRetryAt,
      verifiedAt,
    }) => ({
      id,
      channel,
      kind,
      name,
      maxPerSecond,
      sandbox,
      breakerState,
      breakerReason,
      breakerOpenedAt,
      breakerRetryAt,
      verifiedAt,
    }),
  );
  return { ...system, providers, stalled, recurring };
}
