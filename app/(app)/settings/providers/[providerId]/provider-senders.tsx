import { Send } from 'lucide-react';
import { Address } from '@/components/ui/address';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Section } from '@/components/ui/section';
import { SendMeOneButton } from '../send-me-one-button';

interface ProviderSendersProps {
  senders: { id: string; name: string; channel: 'email' | 'sms'; address: string }[];
  ownEmail: string;
}

/** Whom messages over this provider come from; each can prove that it works. */
export function ProviderSenders({ senders, ownEmail }: ProviderSendersProps) {
  return (
    <Section
      title="Senders over this provider"
      actions={
        <LinkButton href="/settings/senders" size="sm">
          All senders
        </LinkButton>
      }
    >
      {senders.length === 0 ? (
        <EmptyState
          title="No sender uses it yet"
          kind="filtered"
          action={<LinkButton href="/settings/senders">Add a sender</LinkButton>}
        >
          A message needs somebody it comes from. Add a sender; then “Send me one” proves the whole way.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-rule border-rule-strong border-y">
          {senders.map((sender) => (
            <li key={sender.id} className="flex flex-wrap items-center justify-between gap-3 px-2 py-3">
              <span className="min-w-0">
                <span className="block font-medium">{sender.name}</span>
                <Address value={sender.address} className="block text-ink-faint text-xs" />
              </span>
              <SendMeOneButton
                sender={sender}
                ownEmail={ownEmail}
                trigger={
                  <Button size="sm" aria-label={`Send me one from ${sender.name}`}>
                    <Send /> Send me one
                  </Button>
                }
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
