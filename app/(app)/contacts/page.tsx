import { FileUp, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { z } from 'zod';
import { ContactTable } from '@/components/contacts/contact-table';
import { ListFilter } from '@/components/contacts/list-filter';
import { DensitySwitch } from '@/components/ui/density-switch';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { CONTACT_FILTER_LABELS, CONTACT_FILTERS } from '@/lib/domain/contact-filter';
import { browseContacts, CONTACT_SORTS } from '@/lib/features/contacts/browse-contacts';
import { countContacts } from '@/lib/features/contacts/count-contacts';
import { listListNames } from '@/lib/features/lists/list-list-names';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ContactCount } from './contact-count';
import { ScopeNotice } from './scope-notice';

export const metadata: Metadata = { title: 'Contacts' };

const addressSchema = z.object({
  q: z.string().max(200).optional().catch(undefined),
  list: z.string().max(60).optional().catch(undefined),
  consent: z.enum(CONTACT_FILTERS).optional().catch(undefined),
  import: z.string().max(60).optional().catch(undefined),
  change: z.enum(['added', 'updated']).optional().catch(undefined),
  sort: z.enum(CONTACT_SORTS).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});
type Address = z.output<typeof addressSchema>;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function hrefOf(address: Address, change: Partial<Address>): string {
  const entries = Object.entries({ ...address, ...change }).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(entries as [string, string][]);
  return query.size > 0 ? `/contacts?${query}` : '/contacts';
}

export default async function ContactsPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const address = addressSchema.parse(await searchParams);
  const { q, list, consent, import: importId, change, sort = 'added', direction = 'desc', cursor } = address;
  const scope = { search: q, listId: list, consent, importId, change };
  const counting = countContacts(ctx, scope);
  // what becomes of it is told where it is shown
  counting.catch(() => undefined);
  const [{ items, nextCursor }, lists] = await Promise.all([
    pageOrFirst(cursor, (from) => browseContacts(ctx, { ...scope, sort, direction, cursor: from })),
    listListNames(ctx),
  ]);
  const isFiltered = Boolean(q || list || consent || importId);
  const isEmpty = items.length === 0 && !isFiltered && !cursor;
  const canWrite = may(ctx, 'contacts.write');
  const importButton = canWrite && (
    <LinkButton variant="primary" href="/contacts/import">
      <FileUp /> Import contacts
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title="Contacts"
        actions={
          !isEmpty && (
            <>
              <LinkButton variant="quiet" href="/contacts/imports">
                Imports
              </LinkButton>
              {canWrite && (
                <LinkButton href="/contacts/new">
                  <Plus /> Add one
                </LinkButton>
              )}
              {importButton}
            </>
          )
        }
      />
      {isEmpty ? (
        <EmptyState
          title="Nobody is here yet"
          action={
            <>
              {importButton}
              {canWrite && <LinkButton href="/contacts/new">Add one by hand</LinkButton>}
            </>
          }
        >
          Bring your customers in from a CSV file of up to 2 GB. Before anything is written you see what would be new,
          changed or refused, and an import can be undone for a week.
        </EmptyState>
      ) : (
        <>
          <ScopeNotice
            ctx={ctx}
            importId={importId}
            change={change}
            allHref={hrefOf(address, { import: undefined, change: undefined, cursor: undefined })}
          />
          <ListFilter
            search={{ label: 'Search contacts', placeholder: 'Name, email, phone, customer number', value: q }}
            selects={[
              {
                param: 'list',
                label: 'List',
                value: list,
                all: 'Every list',
                options: lists.map(({ id, name }) => ({ value: id, label: name })),
              },
              {
                param: 'consent',
                label: 'Consent',
                value: consent,
                all: 'Any consent',
                options: CONTACT_FILTERS.map((value) => ({ value, label: CONTACT_FILTER_LABELS[value] })),
              },
            ]}
          >
            <DensitySwitch />
          </ListFilter>
          <ContactTable
            contacts={items}
            sort={{
              key: sort,
              direction,
              hrefFor: (key, to) => hrefOf(address, { sort: key as Address['sort'], direction: to, cursor: undefined }),
            }}
            empty={
              <EmptyState
                kind="filtered"
                title="Nobody matches"
                action={<LinkButton href="/contacts">Show everybody</LinkButton>}
              >
                {q ? 'A search finds the beginning of a name, address or number, in any writing.' : undefined}
              </EmptyState>
            }
          />
          <Pagination
            previousHref={cursor ? hrefOf(address, { cursor: undefined }) : null}
            nextHref={nextCursor && hrefOf(address, { cursor: nextCursor })}
            summary={
              <Suspense fallback="Counting…">
                <ContactCount counting={counting} />
              </Suspense>
            }
          />
        </>
      )}
    </>
  );
}
