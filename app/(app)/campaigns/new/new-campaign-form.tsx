'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { create, duplicate } from '../actions';

const EMPTY = 'empty';

/** A name, and whether to begin with nothing or with a copy; then straight into the builder. */
export function NewCampaignForm({ campaigns }: { campaigns: { id: string; name: string }[] }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [from, setFrom] = useState(EMPTY);
  const [problem, setProblem] = useState<string>();
  const [pending, startTransition] = useTransition();
  const nameProblem = problem !== undefined && name.trim() === '' ? 'Give the campaign a name.' : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === '') return setProblem('Give the campaign a name.');
    setProblem(undefined);
    startTransition(async () => {
      try {
        const result = await (from === EMPTY ? create({ name }) : duplicate({ campaignId: from, name }));
        if (!result.ok) return setProblem(result.error.message);
        router.push(`/campaigns/${result.data.id}`);
      } catch {
        setProblem('Waybill did not answer. Nothing is lost; press again.');
      }
    });
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-xl flex-col gap-6">
      {problem && !nameProblem && <Notice tone="failed" title={problem} live />}
      <Field label="Name" error={nameProblem} required>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            autoFocus
            maxLength={120}
            placeholder="Phone launch, November"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {campaigns.length > 0 && (
        <Field label="Begin with" hint="A copy takes over audience, steps and plan of another campaign.">
          {(control) => (
            <Combobox
              {...control}
              noun="campaigns"
              options={[
                { value: EMPTY, label: 'Nothing' },
                ...campaigns.map(({ id, name: label }) => ({ value: id, label: `A copy of “${label}”` })),
              ]}
              value={[from]}
              onChange={([value]) => setFrom(value ?? EMPTY)}
            />
          )}
        </Field>
      )}
      <div className="flex gap-2">
        <Button type="submit" variant="primary" pending={pending}>
          Create campaign
        </Button>
        <LinkButton href="/campaigns" variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </form>
  );
}
