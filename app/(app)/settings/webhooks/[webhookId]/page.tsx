import type { Metadata } from 'next';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { FactList } from '@/components/ui/facts';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { requirePermission } from '@/lib/auth/current';
import { getWebhook, listWebhookMessages } from '@/lib/features/webhooks/list-webhooks';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { MessageTable } from './message-table';
import { WebhookActions } from './webhook-actions';

export const metadata: Metadata = { title: 'Webhook' };

const addressSchema = z.object({ cursor: z.string().max(1000).optional().catch(undefined) });

interface Props {
  params: Promise<{ webhookId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('keys.manage');
  const { webhookId } = await params;
  const { cursor } = addressSchema.parse(await searchParams);
  const webhook = await orNotFound(getWebhook(ctx, webhookId));
  const { items, nextCursor } = await pageOrFirst(cursor, (at) => listWebhookMessages(ctx, { webhookId, cursor: at }));
  const at = `/settings/webhooks/${webhookId}`;
  return (
    <div className="flex flex-col gap-10">
      <div>
        <PageHeader
          title={new URL(webhook.url).host}
          trail={[{ label: 'Webhooks', href: '/settings/webhooks' }]}
          stamp={webhook.enabled ? <Stamp status="active" label="On" /> : <Stamp status="expired" label="Off" />}
          actions={<WebhookActions id={webhookId} enabled={webhook.enabled} host={new URL(webhook.url).host} />}
        />
        {webhook.disabledReason && !webhook.enabled && (
          <Notice tone="failed" title="It was switched off">
            {webhook.disabledReason} Switch it on again when the receiver works; then send what failed again.
          </Notice>
        )}
        <FactList
          facts={[
            {
              label: 'Address',
              value: <span className="font-mono text-xs [overflow-wrap:anywhere]">{webhook.url}</span>,
            },
            {
              label: 'Told of',
              value: webhook.eventTypes.includes('*') ? 'Everything' : webhook.eventTypes.join(', '),
            },
            ...(webhook.description ? [{ label: 'What it is', value: webhook.description }] : []),
            ...(webhook.failingSince
              ? [{ label: 'Failing since', value: <RelativeTime at={webhook.failingSince.toISOString()} /> }]
              : []),
          ]}
        />
      </div>
      <Section title="Log" description="Every message with its last answer, newest first.">
        {items.length === 0 ? (
          <EmptyState title="Nothing was sent yet" kind="filtered">
            A message appears here as soon as something happens that this address is told of.
          </EmptyState>
        ) : (
          <MessageTable
            webhookId={webhookId}
            messages={items.map(
              ({ createdAt, notBefore, id, type, state, attempts, lastStatus, lastError, payload }) => ({
                id,
                type,
                state,
                attempts,
                lastStatus,
                lastError,
                body: JSON.stringify(payload, null, 2),
                createdAt: createdAt.toISOString(),
                notBefore: notBefore.toISOString(),
              }),
            )}
          />
        )}
        <Pagination
          previousHref={cursor ? at : null}
          nextHref={nextCursor && `${at}?${new URLSearchParams({ cursor: nextCursor })}`}
        />
      </Section>
    </div>
  );
}
