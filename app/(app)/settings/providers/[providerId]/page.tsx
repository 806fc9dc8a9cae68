import type { Metadata } from 'next';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { CodeBlock } from '@/components/ui/code';
import { Notice } from '@/components/ui/notice';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { requireMember, requirePermission } from '@/lib/auth/current';
import { env } from '@/lib/env';
import { getProviderAccount } from '@/lib/features/providers/list-provider-accounts';
import { listSenders } from '@/lib/features/senders/list-senders';
import { orNotFound } from '@/lib/http/or-not-found';
import { saveProvider } from '../actions';
import { BreakerStamp } from '../breaker-stamp';
import { ProviderForm } from '../provider-form';
import { ArchiveProvider } from './archive-provider';
import { ProviderSenders } from './provider-senders';
import { VerifyButton } from './verify-button';

export const metadata: Metadata = { title: 'Provider' };

interface Props {
  params: Promise<{ providerId: string }>;
}

export default async function ProviderPage({ params }: Props) {
  const ctx = await requirePermission('providers.manage');
  const { signedIn } = await requireMember();
  const account = await orNotFound(getProviderAccount(ctx, (await params).providerId));
  const senders = (await listSenders(ctx)).filter(({ providerAccountId }) => providerAccountId === account.id);
  const { id, name, kind, config, secretsSet, maxPerSecond, breakerState, breakerReason, breakerRetryAt } = account;
  const isArchived = account.archivedAt !== null;
  return (
    <div className="flex flex-col gap-10">
      <div>
        <Breadcrumb trail={[{ label: 'Providers', href: '/settings/providers' }]} />
        <div className="flex flex-wrap items-center justify-between gap-4 pt-1">
          <div className="min-w-0">
            <h2 className="flex flex-wrap items-center gap-3 font-semibold text-lg">
              <span className="[overflow-wrap:anywhere]">{name}</span>
              {isArchived ? <Stamp status="archived" /> : <BreakerStamp state={breakerState} />}
            </h2>
            <p className="text-ink-soft">
              {account.verifiedAt ? (
                <>
                  Proved <RelativeTime at={account.verifiedAt.toISOString()} />
                </>
              ) : (
                'Not proved since it was last changed'
              )}
            </p>
          </div>
          {!isArchived && (
            <span className="flex flex-wrap gap-2">
              <ArchiveProvider id={id} name={name} />
              <VerifyButton id={id} />
            </span>
          )}
        </div>
        {breakerState !== 'closed' && (
          <Notice
            tone="attention"
            className="mt-4"
            title={breakerState === 'open' ? 'Nothing is sent through it just now' : 'One message is trying the way'}
          >
            {breakerReason} Nothing is lost: messages wait.{' '}
            {breakerRetryAt && (
              <>
                It is tried again by itself, <RelativeTime at={breakerRetryAt.toISOString()} />.
              </>
            )}
          </Notice>
        )}
      </div>
      {!isArchived && <ProviderSenders senders={senders} ownEmail={signedIn.user.email} />}
      {kind === 'resend' && !isArchived && (
        <Section
          title="Webhook"
          description="Enter this address at Resend for the email events, and the signing secret it gives you below. Bounces, complaints and deliveries come back this way."
        >
          <CodeBlock code={`${env().APP_URL}/api/webhooks/resend?account=${id}`} of="webhook address" />
        </Section>
      )}
      {!isArchived && (
        <ProviderForm
          key={kind}
          kind={kind}
          action={saveProvider}
          submit="Save provider"
          stored={{ id, name, config, secretsSet, maxPerSecond }}
        />
      )}
    </div>
  );
}
