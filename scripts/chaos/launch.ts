import { pool } from '@/lib/db/client';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { createProviderAccount } from '@/lib/features/providers/create-provider-account';
import { dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';
import type { Provider } from './cluster';
import { accountOf, type Dialect, isEmail } from './dialects';

const WAVES = 4;

/** A workspace with so many contacts and a launched run: one message to each through the provider, then a record. */
export async function launch(
  dialect: Dialect,
  provider: Provider,
  recipients: number,
): Promise<{ workspaceId: string; runId: string }> {
  const f = await dispatchFixture(
    { smtpPort: provider.smtpPort, smsUrl: `http://127.0.0.1:${provider.httpPort}` },
    recipients,
  );
  const { id } = await createProviderAccount(f.ctx, { name: 'Chaos', ...accountOf(dialect, provider) });
  await pool()`
    update senders set provider_account_id = ${id} where id = ${isEmail(dialect) ? f.emailSenderId : f.smsSenderId}`;
  const draft = draftOf(f, [isEmail(dialect) ? 'email' : 'sms', 'record'], {
    policy: { waveSize: Math.ceil(recipients / WAVES), maxAttempts: 8 },
  });
  const campaign = await createCampaign(f.ctx, { name: 'Chaos', draft });
  const { runId } = await launchCampaign(f.ctx, { campaignId: campaign.id });
  return { workspaceId: f.ctx.workspaceId, runId };
}
