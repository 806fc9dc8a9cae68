import { Webhook } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { COMMON_EVENTS } from '@/lib/domain/webhook';
import { listWebhooks } from '@/lib/features/webhooks/list-webhooks';
import { WebhookButton } from './webhook-button';
import { WebhookTable } from './webhook-table';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const ctx = await requirePermission('keys.manage');
  const webhooks = await listWebhooks(ctx);
  return (
    <Section
      title="Webhooks"
      description={
        <>
          Told to other systems as it happens, signed, and tried again for three days. How to check the signature is in
          the <TextLink href="/developers#webhooks">API documentation</TextLink>.
        </>
      }
      actions={
        <WebhookButton
          events={[...COMMON_EVENTS]}
          trigger={
            <Button variant="primary">
              <Webhook /> Add a webhook
            </Button>
          }
        />
      }
    >
      {webhooks.length === 0 ? (
        <EmptyState title="Nobody is told yet">
          Add an address that should hear when runs end, deliveries fail or people unsubscribe.
        </EmptyState>
      ) : (
        <WebhookTable
          webhooks={webhooks.map(({ createdAt, failingSince, ...webhook }) => ({
            ...webhook,
            createdAt: createdAt.toISOString(),
            failingSince: failingSince?.toISOString() ?? null,
          }))}
        />
      )}
    </Section>
  );
}
