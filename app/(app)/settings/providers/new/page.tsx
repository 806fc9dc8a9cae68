import { ChevronRight, Mail, MessageSquareText } from 'lucide-react';
import type { Metadata } from 'next';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Link } from '@/components/ui/link';
import { TextLink } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { PROVIDER_CHANNEL, type ProviderKind } from '@/lib/domain/provider';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import { ProveFirst } from '../../prove-first';
import { addProvider } from '../actions';
import { PROVIDER_WORDS } from '../provider-fields';
import { ProviderForm } from '../provider-form';

export const metadata: Metadata = { title: 'Add a provider' };

const KINDS: ProviderKind[] = ['resend', 'smtp', 'twilio', 'smpp', 'capture_email', 'capture_sms'];

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewProviderPage({ searchParams }: Props) {
  await requirePermission('providers.manage');
  const { kind: asked } = await searchParams;
  const kind = KINDS.find((each) => each === asked);
  const trail = [{ label: 'Providers', href: '/settings/providers' }];
  if (kind) {
    return (
      <div className="flex flex-col gap-6">
        <Breadcrumb trail={[...trail, { label: 'Add a provider', href: '/settings/providers/new' }]} />
        <ProveFirst what="add a provider" returnTo={`/settings/providers/new?kind=${kind}`} />
        <ProviderForm kind={kind} action={addProvider} submit="Add this provider" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Breadcrumb trail={trail} />
      <Section title="Add a provider" description="Which one carries your messages?">
        <ul className="divide-y divide-rule border-rule-strong border-y">
          {KINDS.map((each) => {
            const Icon = PROVIDER_CHANNEL[each] === 'email' ? Mail : MessageSquareText;
            return (
              <li key={each} className="relative flex items-start gap-4 px-2 py-4 transition-colors hover:bg-well">
                <Icon className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
                <span className="min-w-0 grow">
                  <Link
                    href={`/settings/providers/new?kind=${each}`}
                    className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link focus-visible:after:-outline-offset-2"
                  >
                    {PROVIDER_NAME[each]}
                  </Link>
                  <span className="block text-ink-soft">{PROVIDER_WORDS[each]}</span>
                </span>
                <ChevronRight className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
              </li>
            );
          })}
        </ul>
        <p className="pt-4 text-ink-soft">
          Only to try things out? <TextLink href="/settings/providers/failing">Add one that fails on purpose</TextLink>:
          it sends nothing to anybody.
        </p>
      </Section>
    </div>
  );
}
