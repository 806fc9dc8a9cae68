import type { Metadata } from 'next';
import { Address } from '@/components/ui/address';
import { EmptyState } from '@/components/ui/empty-state';
import { Facts } from '@/components/ui/facts';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp, type StampStatus } from '@/components/ui/stamp';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { type RebuiltMessage, rebuildMessage } from '@/lib/features/service/rebuild-message';
import { orNotFound } from '@/lib/http/or-not-found';
import { MessageViews } from './message-views';
import { ResendDialog } from './resend-dialog';

export const metadata: Metadata = { title: 'Message' };

const STAMPS: Partial<Record<RebuiltMessage['state'], StampStatus>> = {
  accepted: 'accepted',
  failed: 'failed',
  in_doubt: 'in_doubt',
  superseded: 'in_doubt',
};

async function orReason(work: Promise<RebuiltMessage>): Promise<RebuiltMessage | string> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code === 'precondition') return error.message;
    throw error;
  }
}

export default async function MessagePage({ params }: { params: Promise<{ deliveryId: string }> }) {
  const ctx = await requirePermission('service.lookup');
  const { deliveryId } = await params;
  const message = await orNotFound(orReason(rebuildMessage(ctx, { deliveryId })));
  const trail = [{ label: 'Service desk', href: '/service' }];
  if (typeof message === 'string') {
    return (
      <>
        <PageHeader title="Message" trail={trail} />
        <EmptyState title="There is nothing to open" action={<LinkButton href="/service">Service desk</LinkButton>}>
          {message}
        </EmptyState>
      </>
    );
  }
  const { channel, campaign, state, from, to, subject, sentAt, contactId } = message;
  const stamp = STAMPS[state];
  const mayResend = may(ctx, 'service.act') && (state === 'accepted' || state === 'failed');
  return (
    <>
      <PageHeader
        title={subject ?? `SMS ${campaign}`}
        trail={[...trail, { label: 'Customer', href: `/service/contacts/${contactId}` }]}
        stamp={stamp && <Stamp status={stamp} />}
        description="The very message, made again from what was frozen when its run began."
        actions={mayResend ? <ResendDialog deliveryId={deliveryId} to={to} /> : null}
      />
      <Facts
        className="mb-8"
        facts={[
          { label: 'Campaign', value: campaign, note: message.step },
          { label: 'From', value: <Address value={from} /> },
          { label: 'To', value: <Address value={to} /> },
          {
            label: state === 'accepted' ? 'Handed over' : 'Tried',
            value: sentAt ? <RelativeTime at={sentAt.toISOString()} show="exact" /> : 'Not known',
            ...(message.resendOf && { note: 'Sent again by hand' }),
          },
        ]}
      />
      <MessageViews
        deliveryId={deliveryId}
        channel={channel}
        text={message.text}
        headers={message.headers}
        source={message.mime ?? (message.parts && JSON.stringify(message.parts, null, 2))}
        isWhole={message.mime !== null}
      />
    </>
  );
}
