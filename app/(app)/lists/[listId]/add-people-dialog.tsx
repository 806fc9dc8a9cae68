'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { EvidenceFields, readEvidence } from '@/components/contacts/evidence-fields';
import { FormDialog } from '@/components/contacts/form-dialog';
import { useDebounced } from '@/components/segments/use-debounced';
import { LiveData } from '@/components/shell/live-data';
import { readJson } from '@/components/shell/read-json';
import { answerOf } from '@/components/ui/answer-of';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { toast } from '@/components/ui/toast';
import { contactName } from '@/lib/domain/contact-name';
import { subscribe } from '../actions';

interface Found {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
}

const SEARCH_DELAY_MS = 250;

interface AddPeopleProps {
  listId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Puts people on the list, found by typing; what proves their wish is kept with each. */
export function AddPeopleDialog(props: AddPeopleProps) {
  return (
    <LiveData>
      <AddPeople {...props} />
    </LiveData>
  );
}

function AddPeople({ listId, open, onOpenChange }: AddPeopleProps) {
  const [chosen, setChosen] = useState<Found[]>([]);
  const [query, setQuery] = useState('');
  const wanted = useDebounced(query.trim(), SEARCH_DELAY_MS);
  const { data } = useQuery({
    queryKey: ['contact-search', wanted],
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      readJson<{ items: Found[] }>(`/api/v1/contacts?limit=10&search=${encodeURIComponent(wanted)}`, { signal }),
  });
  const found = data?.items ?? [];
  const offered = [...chosen, ...found.filter(({ id }) => !chosen.some((one) => one.id === id))];

  async function submit(form: FormData): Promise<string | undefined> {
    if (chosen.length === 0) return 'Choose at least one person.';
    const result = await answerOf(subscribe({ listId, contactIds: chosen.map(({ id }) => id), ...readEvidence(form) }));
    if (!result.ok) return result.error.message;
    const { subscribed, keptUnsubscribed } = result.data;
    if (keptUnsubscribed > 0) toast.warn(`${subscribed} added. ${keptUnsubscribed} had unsubscribed and stay so.`);
    else toast.done(`${subscribed} added.`);
    setChosen([]);
  }

  return (
    <FormDialog
      title="Add people to the list"
      open={open}
      onOpenChange={onOpenChange}
      submit={`Add ${chosen.length || ''}`.trim()}
      onSubmit={submit}
    >
      <Field label="People" required hint="Found by the beginning of a name, email, phone or customer number.">
        {(control) => (
          <Combobox
            {...control}
            noun="contacts"
            multiple
            placeholder="Find people…"
            onSearch={setQuery}
            value={chosen.map(({ id }) => id)}
            onChange={(ids) => setChosen(offered.filter(({ id }) => ids.includes(id)))}
            options={offered.map((one) => ({
              value: one.id,
              label: contactName(one),
              hint: [one.email, one.phone, one.externalId].filter(Boolean).join(' · '),
            }))}
          />
        )}
      </Field>
      <EvidenceFields />
    </FormDialog>
  );
}
