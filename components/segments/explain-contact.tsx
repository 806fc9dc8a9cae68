'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '@/components/shell/failure-of';
import { readJson, sendJson } from '@/components/shell/read-json';
import { Combobox } from '@/components/ui/combobox';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { contactName } from '@/lib/domain/contact-name';
import type { SegmentRule } from '@/lib/domain/segment';
import { type ExplainedNode, ExplainTree } from './explain-tree';
import { useDebounced } from './use-debounced';

interface FoundContact {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
}

interface ExplainContactProps {
  /** Null while a line is unfinished. */
  rule: SegmentRule | null;
  /** Somebody to begin with. */
  contact?: FoundContact;
}

const SEARCH_DELAY_MS = 250;

/** Why one person is in the segment or not: the rule line by line, with the answer for that person. */
export function ExplainContact({ rule, contact }: ExplainContactProps) {
  const [chosen, setChosen] = useState<FoundContact | undefined>(contact);
  const [query, setQuery] = useState('');
  const wanted = useDebounced(query.trim(), SEARCH_DELAY_MS);
  const search = useQuery({
    queryKey: ['contact-search', wanted],
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      readJson<{ items: FoundContact[] }>(`/api/v1/contacts?limit=10&search=${encodeURIComponent(wanted)}`, { signal }),
  });
  const searchFailure = failureOf(search);
  const found = search.data?.items ?? [];
  const offered = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  return (
    <div className="flex flex-col gap-4">
      <Combobox
        noun="contacts"
        aria-label="Contact"
        className="max-w-md"
        placeholder="Find somebody by name, email, phone or number…"
        value={chosen ? [chosen.id] : []}
        onSearch={setQuery}
        onChange={([id]) => setChosen(offered.find((one) => one.id === id))}
        options={offered.map((one) => ({
          value: one.id,
          label: contactName(one),
          hint: [one.email, one.phone, one.externalId].filter(Boolean).join(' · '),
        }))}
      />
      {searchFailure && !search.data && (
        <Notice tone="failed" title="Nobody can be looked up just now" live>
          {searchFailure.message}
        </Notice>
      )}
      {chosen && rule && <Answer contact={chosen} rule={rule} />}
      {chosen && !rule && <p className="text-ink-soft">A line of the rule is not finished yet.</p>}
    </div>
  );
}

function Answer({ contact, rule }: { contact: FoundContact; rule: SegmentRule }) {
  const settled = useDebounced(rule, SEARCH_DELAY_MS);
  const answer = useQuery({
    queryKey: ['segment-explain', contact.id, settled],
    queryFn: ({ signal }) =>
      sendJson<ExplainedNode>('/api/v1/segments/explain', { rule: settled, contactId: contact.id }, { signal }),
  });
  const { data } = answer;
  const error = failureOf(answer);
  if (error) {
    return (
      <Notice tone="failed" title="This could not be explained" live>
        {error.message}
      </Notice>
    );
  }
  if (!data) return <Skeleton className="h-16" />;
  const name = contactName(contact);
  return (
    <div>
      <p className="pb-2 font-medium" aria-live="polite">
        <Link href={`/contacts/${contact.id}`} className="underline decoration-rule-strong underline-offset-4">
          {name}
        </Link>{' '}
        is{' '}
        <strong className={data.holds ? 'text-accepted-ink' : 'text-failed-ink'}>{data.holds ? 'in' : 'not in'}</strong>
        {data.holds ? '.' : ' this segment, because:'}
      </p>
      <ExplainTree node={data} />
    </div>
  );
}
