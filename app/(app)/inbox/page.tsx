import type { Metadata } from 'next';
import { z } from 'zod';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { listCaptured } from '@/lib/features/inbox/list-captured';
import { InboxFilter } from './inbox-filter';
import { InboxProblem, NoMessages } from './inbox-problem';
import { MessageList } from './message-list';
import { WatchInbox } from './watch-inbox';

export const metadata: Metadata = { title: 'Inbox' };

const addressSchema = z.object({
  channel: z.enum(['email', 'sms']).optional().catch(undefined),
  q: z.string().max(320).catch('').default(''),
  cursor: z.string().max(20).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function InboxPage({ searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { channel, q, cursor } = addressSchema.parse(await searchParams);
  const answer = await listCaptured(ctx, { channel, q: q || undefined, cursor }).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  const filter = new URLSearchParams({ ...(channel && { channel }), ...(q && { q }) });
  const isFiltered = filter.size > 0 || cursor !== undefined;
  const isOff = answer instanceof AppError;
  const header = (
    <PageHeader
      title="Inbox"
      description={!isOff && 'What customers would have received. Nothing here has left this machine.'}
    />
  );
  if (isOff) {
    return (
      <>
        {header}
        <InboxProblem error={answer} maySetUp={may(ctx, 'providers.manage')} />
      </>
    );
  }
  const { items, nextCursor } = answer;
  return (
    <>
      {header}
      {!cursor && <WatchInbox />}
      {(isFiltered || items.length > 0) && <InboxFilter channel={channel} q={q} />}
      {items.length === 0 ? <NoMessages isFiltered={isFiltered} /> : <MessageList messages={items} />}
      <Pagination
        previousHref={cursor ? `/inbox?${filter}` : null}
        nextHref={nextCursor && `/inbox?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`}
        summary={cursor ? 'Older messages; “Previous” goes to the newest' : undefined}
      />
    </>
  );
}
