import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requireMember, requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { listProviderAccounts } from '@/lib/features/providers/list-provider-accounts';
import { listSenders } from '@/lib/features/senders/list-senders';
import { SenderButton } from './sender-button';
import { SenderTable } from './sender-table';

export const metadata: Metadata = { title: 'Senders' };

export default async function SendersPage() {
  const ctx = await requirePermission('providers.manage');
  const { signedIn } = await requireMember();
  const [senders, accounts] = await Promise.all([listSenders(ctx), listProviderAccounts(ctx)]);
  const providers = accounts.map(({ id, name, channel }) => ({ id, name, channel }));
  const add =
    providers.length > 0 ? (
      <SenderButton
        providers={providers}
        trigger={
          <Button variant="primary">
            <Plus /> Add a sender
          </Button>
        }
      />
    ) : (
      <LinkButton href="/settings/providers/new" variant="primary">
        Add a provider first
      </LinkButton>
    );
  return (
    <Section
      title="Senders"
      description="Whom messages come from. Campaigns choose a sender; the provider behind it can be changed here."
      actions={senders.length > 0 && add}
    >
      {senders.length === 0 ? (
        <EmptyState title="No sender yet" action={add}>
          An email needs a from address, a text message a number or a name.
        </EmptyState>
      ) : (
        <SenderTable senders={toWire(senders)} providers={providers} ownEmail={signedIn.user.email} />
      )}
    </Section>
  );
}
