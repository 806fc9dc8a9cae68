import type { Metadata } from 'next';
import { CodeBlock } from '@/components/ui/code';
import { Section } from '@/components/ui/section';
import { requireMember, requirePermission } from '@/lib/auth/current';
import { publicUrl } from '@/lib/env';
import { getProviderAccount } from '@/lib/features/providers/list-provider-accounts';
import { listSenders } from '@/lib/features/senders/list-senders';
import { orNotFound } from '@/lib/http/or-not-found';
import { ProveFirst } from '../../prove-first';
import { saveProvider } from '../actions';
import { ProviderForm } from '../provider-form';
import { ProviderHead } from './provider-head';
import { ProviderSenders } from './provider-senders';

export const metadata: Metadata = { title: 'Provider' };

interface Props {
  params: Promise<{ providerId: string }>;
}

export default async function ProviderPage({ params }: Props) {
  const ctx = await requirePermission('providers.manage');
  const { signedIn } = await requireMember();
  const account = await orNotFound(getProviderAccount(ctx, (await params).providerId));
  const senders = (await listSenders(ctx)).filter(({ providerAccountId }) => providerAccountId === account.id);
  const { id, name, kind, config, secretsSet, maxPerSecond } = account;
  const isArchived = account.archivedAt !== null;
  return (
    <div className="flex flex-col gap-10">
      <ProviderHead account={account} />
      {!isArchived && <ProveFirst what="change this provider" returnTo={`/settings/providers/${account.id}`} />}
      {!isArchived && <ProviderSenders senders={senders} ownEmail={signedIn.user.email} />}
      {kind === 'resend' && !isArchived && (
        <Section
          title="Webhook"
          description="Enter this address at Resend for the email events, and the signing secret it gives you below. Bounces, complaints and deliveries come back this way."
        >
          <CodeBlock
            code={`${publicUrl().replace(/\/+$/, '')}/api/webhooks/resend?account=${id}`}
            of="webhook address"
          />
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
