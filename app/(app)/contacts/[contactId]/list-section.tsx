'use client';

import { Ellipsis, ListMinus, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { EvidenceFields, readEvidence } from '@/components/contacts/evidence-fields';
import { EvidenceText } from '@/components/contacts/evidence-text';
import { FormDialog } from '@/components/contacts/form-dialog';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Badge } from '@/components/ui/badge';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { Link } from '@/components/ui/link';
import { Section } from '@/components/ui/section';
import { toast } from '@/components/ui/toast';
import type { Wire } from '@/lib/domain/wire';
import type { ContactDetail } from '@/lib/features/contacts/get-contact';
import { takeOffList, unsubscribe } from '../actions';

type Subscription = Wire<ContactDetail['subscriptions']>[number];

const TONE = { subscribed: 'accepted', unsubscribed: 'failed', pending: 'waiting' } as const;

interface ListSectionProps {
  contactId: string;
  subscriptions: Subscription[];
  canWrite: boolean;
}

/** The lists somebody is or was on, each with what proves it. */
export function ListSection({ contactId, subscriptions, canWrite }: ListSectionProps) {
  return (
    <Section title="Lists">
      {subscriptions.length === 0 ? (
        <p className="border-rule border-y py-4 text-ink-soft">On no list.</p>
      ) : (
        <ul className="divide-y divide-rule border-rule border-y">
          {subscriptions.map((one) => (
            <li key={one.listId} className="flex items-start justify-between gap-2 py-3">
              <div className="min-w-0 grow">
                <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
                  <Link
                    href={`/lists/${one.listId}`}
                    className="rounded-xs font-medium hover:text-link hover:underline"
                  >
                    {one.listName}
                  </Link>
                  <Badge tone={TONE[one.status]}>{one.status}</Badge>
                </div>
                <EvidenceText source={one.source} evidence={one.evidence} at={one.updatedAt} />
              </div>
              {canWrite && one.status !== 'unsubscribed' && <ListMenu contactId={contactId} subscription={one} />}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function ListMenu({ contactId, subscription }: { contactId: string; subscription: Subscription }) {
  const { listId, listName } = subscription;
  const [asking, setAsking] = useState<'unsubscribe' | 'remove'>();
  const close = () => setAsking(undefined);

  async function leave(data: FormData): Promise<string | undefined> {
    const result = await answerOf(unsubscribe({ listId, contactIds: [contactId], ...readEvidence(data) }));
    if (!result.ok) return result.error.message;
    toast.done(`Unsubscribed from “${listName}”.`);
  }

  async function remove(): Promise<string | undefined> {
    const result = await answerOf(takeOffList({ listId, contactIds: [contactId] }));
    if (!result.ok) return result.error.message;
    toast.done(`Taken off “${listName}”.`);
  }

  return (
    <>
      <Menu trigger={<IconButton label={`More for ${listName}`} icon={<Ellipsis />} className="-my-1" />}>
        <MenuItem icon={<UserMinus />} onSelect={() => setAsking('unsubscribe')}>
          Unsubscribe at their wish
        </MenuItem>
        <MenuItem icon={<ListMinus />} onSelect={() => setAsking('remove')}>
          Take off the list
        </MenuItem>
      </Menu>
      <FormDialog
        title={`Unsubscribe from “${listName}”?`}
        description="Stays on record, so that no import brings them back."
        submit="Unsubscribe"
        open={asking === 'unsubscribe'}
        onOpenChange={(open) => !open && close()}
        onSubmit={leave}
      >
        <EvidenceFields />
      </FormDialog>
      <Confirm
        title={`Take off “${listName}”?`}
        action="Take off the list"
        open={asking === 'remove'}
        onOpenChange={(open) => !open && close()}
        onConfirm={remove}
      >
        <p>As if the person had never been on it: for mistakes. A wish of the person is an unsubscription.</p>
      </Confirm>
    </>
  );
}
