import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { listProviderAccounts } from '@/lib/features/providers/list-provider-accounts';
import { listSenders } from '@/lib/features/senders/list-senders';
import { ProviderTable } from './provider-table';

export const metadata: Metadata = { title: 'Providers' };

export default async function ProvidersPage() {
  const ctx = await requirePermission('providers.manage');
  const [accounts, senders] = await Promise.all([listProviderAccounts(ctx), listSenders(ctx)]);
  const add = (
    <LinkButton href="/settings/providers/new" variant="primary">
      <Plus /> Add a provider
    </LinkButton>
  );
  const providers = accounts.map((account) => ({
    ...account,
    senders: senders.filter(({ providerAccountId }) => providerAccountId === account.id).length,
  }));
  return (
    <Section
      title="Providers"
      description="Who carries the messages. A provider that fails is stopped, tried again by itself, and loses nothing meanwhile."
      actions={providers.length > 0 && add}
    >
      {providers.length === 0 ? (
        <EmptyState title="No provider yet" action={add}>
          Add Resend or an SMTP server for email, Twilio or an SMPP operator for text messages. “Send me one” proves
          that it works.
        </EmptyState>
      ) : (
        <ProviderTable providers={toWire(providers)} />
      )}
    </Section>
  );
}
