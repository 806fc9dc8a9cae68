import type { Metadata } from 'next';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { recentLookUps } from '@/lib/features/service/recent-look-ups';
import { searchCustomers } from '@/lib/features/service/search-customers';
import { HitTable } from './hit-table';
import { SearchBox } from './search-box';

export const metadata: Metadata = { title: 'Service desk' };

const addressSchema = z.object({ q: z.string().max(200).catch('') });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ServicePage({ searchParams }: Props) {
  const ctx = await requirePermission('service.lookup');
  const q = addressSchema.parse(await searchParams).q.trim();
  const { items, more } = q ? await searchCustomers(ctx, { q }) : { items: [], more: false };
  const recent = q ? [] : await recentLookUps(ctx);
  return (
    <>
      <PageHeader
        title="Service desk"
        description="Find a customer and read what they received, what is on its way, and what is to come."
      />
      <SearchBox q={q} />
      <div className="pt-8" aria-live="polite">
        {q === '' && recent.length > 0 && (
          <Section title="Looked up lately" description="By you.">
            <HitTable hits={recent} label="Customers you looked up lately" />
          </Section>
        )}
        {q === '' && recent.length === 0 && (
          <EmptyState title="Whom is it about?">
            A phone number in any writing or its last digits, an email address, a customer number, or a name. The
            beginning is enough.
          </EmptyState>
        )}
        {q !== '' && items.length === 0 && (
          <EmptyState title="Nobody matches" kind="filtered">
            Try the last four digits of the phone, the beginning of the email address, or the last name alone.
          </EmptyState>
        )}
        {items.length > 0 && (
          <>
            <HitTable hits={items} label="Customers found" showFound />
            {more && (
              <p className="pt-4 text-ink-soft text-sm">
                More than {items.length} match. Type more of the name or number to narrow it down.
              </p>
            )}
          </>
        )}
      </div>
    </>
  );
}
