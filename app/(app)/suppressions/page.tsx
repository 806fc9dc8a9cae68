import { Download, FileUp, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { ListFilter } from '@/components/contacts/list-filter';
import { Button } from '@/components/ui/button';
import { buttonStyle } from '@/components/ui/button-style';
import { DensitySwitch } from '@/components/ui/density-switch';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { listSuppressions } from '@/lib/features/suppressions/list-suppressions';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { AddButton } from './add-button';
import { ImportButton } from './import-button';
import { SuppressionTable } from './suppression-table';
import { CHANNEL_WORDS, REASON_WORDS, SUPPRESSION_REASONS } from './suppression-words';

export const metadata: Metadata = { title: 'Suppressions' };

const addressSchema = z.object({
  q: z.string().max(254).optional().catch(undefined),
  channel: z.enum(['email', 'sms']).optional().catch(undefined),
  reason: z.enum(SUPPRESSION_REASONS).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SuppressionsPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { q, channel, reason, cursor } = addressSchema.parse(await searchParams);
  const { items, nextCursor } = await pageOrFirst(cursor, (from) =>
    listSuppressions(ctx, { search: q, channel, reason, cursor: from }),
  );
  const canWrite = may(ctx, 'contacts.write');
  const isFiltered = Boolean(q || channel || reason);
  const isEmpty = items.length === 0 && !isFiltered && !cursor;
  const filter = new URLSearchParams({ ...(q && { q }), ...(channel && { channel }), ...(reason && { reason }) });
  const actions = canWrite && (
    <>
      <ImportButton
        trigger={
          <Button>
            <FileUp /> Import
          </Button>
        }
      />
      <AddButton
        trigger={
          <Button variant="primary">
            <Plus /> Add
          </Button>
        }
      />
    </>
  );
  return (
    <>
      <PageHeader
        title="Suppressions"
        description="Addresses that no campaign sends to, whatever lists and consents say. Bounces and complaints come here by themselves."
        actions={
          !isEmpty && (
            <>
              {may(ctx, 'contacts.export') && (
                <a
                  href={`/api/v1/suppressions/export.csv${channel ? `?channel=${channel}` : ''}`}
                  download
                  className={buttonStyle({ variant: 'quiet' })}
                >
                  <Download /> Export
                </a>
              )}
              {actions}
            </>
          )
        }
      />
      {isEmpty ? (
        <EmptyState title="Every address may be sent to" action={actions}>
          An address comes here when it does not take mail, when somebody complains, or when you add it: one by one, or
          the suppression list of another system as a file.
        </EmptyState>
      ) : (
        <>
          <ListFilter
            search={{ label: 'Search suppressions', placeholder: 'Email or phone', value: q }}
            selects={[
              {
                param: 'channel',
                label: 'Channel',
                value: channel,
                all: 'Every channel',
                options: Object.entries(CHANNEL_WORDS).map(([value, label]) => ({ value, label })),
              },
              {
                param: 'reason',
                label: 'Reason',
                value: reason,
                all: 'Every reason',
                options: SUPPRESSION_REASONS.map((value) => ({ value, label: REASON_WORDS[value] })),
              },
            ]}
          >
            <DensitySwitch />
          </ListFilter>
          <SuppressionTable
            suppressions={toWire(items)}
            canWrite={canWrite}
            empty={
              <EmptyState
                kind="filtered"
                title="No suppression matches"
                action={<LinkButton href="/suppressions">Show all</LinkButton>}
              >
                A whole address also finds an entry whose address was erased.
              </EmptyState>
            }
          />
          <Pagination
            previousHref={cursor ? `/suppressions?${filter}` : null}
            nextHref={nextCursor && `/suppressions?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`}
          />
        </>
      )}
    </>
  );
}
