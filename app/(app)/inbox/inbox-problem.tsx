import { Code } from '@/components/ui/code';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LinkButton } from '@/components/ui/link-button';
import type { AppError } from '@/lib/errors';

/** Why there is nothing to read, and what would change that. */
export function InboxProblem({ error, maySetUp }: { error: AppError; maySetUp: boolean }) {
  if (error.code === 'not_found') {
    return (
      <EmptyState
        title="No provider here keeps messages"
        action={maySetUp && <LinkButton href="/settings/providers">Providers</LinkButton>}
      >
        The inbox shows what a local provider has caught instead of sending it. This workspace has none: what it sends
        goes to real people.
      </EmptyState>
    );
  }
  return (
    <ErrorState title="The local inbox does not answer" action={<LinkButton href="/inbox">Try again</LinkButton>}>
      {error.message} It runs beside Waybill in <Code>npm run demo</Code> and <Code>npm run dev</Code>. Messages that it
      caught before are kept and appear again once it runs.
    </ErrorState>
  );
}

export function NoMessages({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        title="No message matches"
        kind="filtered"
        action={<LinkButton href="/inbox">Show all messages</LinkButton>}
      />
    );
  }
  return (
    <EmptyState title="Nothing was sent yet" action={<LinkButton href="/campaigns">Campaigns</LinkButton>}>
      Launch a campaign over a local provider; its emails and text messages arrive here.
    </EmptyState>
  );
}
