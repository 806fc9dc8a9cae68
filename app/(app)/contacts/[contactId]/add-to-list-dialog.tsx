'use client';

import { type ReactNode, useState } from 'react';
import { EvidenceFields, readEvidence } from '@/components/contacts/evidence-fields';
import { FormDialog } from '@/components/contacts/form-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Checkbox } from '@/components/ui/checkbox';
import { Combobox } from '@/components/ui/combobox';
import { Field } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toast';
import { addToList } from '../actions';

interface AddToListDialogProps {
  contactId: string;
  lists: { id: string; name: string }[];
  subscriptions: { listId: string; status: 'subscribed' | 'unsubscribed' | 'pending' }[];
  trigger: ReactNode;
}

/** Puts somebody on a list with what proves that they want it. Who had left it needs a new wish. */
export function AddToListDialog({ contactId, lists, subscriptions, trigger }: AddToListDialogProps) {
  const [chosen, setChosen] = useState<string[]>([]);
  const [again, setAgain] = useState(false);
  const statusOf = (id: string) => subscriptions.find(({ listId }) => listId === id)?.status;
  const listId = chosen[0] ?? '';
  const hadLeft = statusOf(listId) === 'unsubscribed';

  async function submit(data: FormData): Promise<string | undefined> {
    const list = lists.find(({ id }) => id === listId);
    if (!list) return 'Choose a list first.';
    if (hadLeft && !again) return 'They unsubscribed from this list. Tick that they want to be on it again.';
    const result = await answerOf(
      addToList({ listId, contactIds: [contactId], resubscribe: again, ...readEvidence(data) }),
    );
    if (!result.ok) return result.error.message;
    toast.done(result.data.subscribed > 0 ? `Added to “${list.name}”.` : `Is on “${list.name}” already.`);
    setChosen([]);
    setAgain(false);
  }

  return (
    <FormDialog title="Add to a list" trigger={trigger} submit="Add to list" onSubmit={submit}>
      <Field label="List" required>
        {(control) => (
          <Combobox
            {...control}
            noun="lists"
            placeholder="Choose a list…"
            value={chosen}
            onChange={setChosen}
            options={lists.map(({ id, name }) => ({
              value: id,
              label: name,
              hint: statusOf(id),
              disabled: statusOf(id) === 'subscribed',
            }))}
          />
        )}
      </Field>
      {hadLeft && (
        <Notice tone="attention" title="They unsubscribed from this list">
          <Checkbox
            className="pt-2"
            label="They want to be on it again, in their own words"
            checked={again}
            onCheckedChange={(checked) => setAgain(checked === true)}
          />
        </Notice>
      )}
      <EvidenceFields />
    </FormDialog>
  );
}
