'use client';

import { Ellipsis, Eraser, ListPlus, Pencil } from 'lucide-react';
import { useState } from 'react';
import { ContactForm } from '@/components/contacts/contact-form';
import { formValues } from '@/components/contacts/contact-form-values';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { Sheet } from '@/components/ui/sheet';
import { toast } from '@/components/ui/toast';
import type { AttributeDefinition } from '@/lib/domain/attribute';
import type { Wire } from '@/lib/domain/wire';
import type { ContactDetail } from '@/lib/features/contacts/get-contact';
import { save } from '../actions';
import { AddToListDialog } from './add-to-list-dialog';
import { EraseDialog } from './erase-dialog';

interface ContactActionsProps {
  contact: Wire<ContactDetail>;
  attributes: AttributeDefinition[];
  lists: { id: string; name: string }[];
  mayErase: boolean;
}

/** What can be done with a contact. */
export function ContactActions({ contact, attributes, lists, mayErase }: ContactActionsProps) {
  const [editing, setEditing] = useState(false);
  const [erasing, setErasing] = useState(false);

  async function store(fields: Record<string, string>) {
    if (Object.keys(fields).length === 0) {
      setEditing(false);
      return;
    }
    const result = await answerOf(save({ id: contact.id, fields }));
    if (!result.ok) return result.error;
    setEditing(false);
    toast.done('The contact is saved.');
  }

  return (
    <>
      {mayErase && (
        <Menu trigger={<IconButton label="More for this contact" icon={<Ellipsis />} size="md" variant="secondary" />}>
          <MenuItem danger icon={<Eraser />} onSelect={() => setErasing(true)}>
            Erase this person…
          </MenuItem>
        </Menu>
      )}
      <AddToListDialog
        contactId={contact.id}
        lists={lists}
        subscriptions={contact.subscriptions}
        trigger={
          <Button>
            <ListPlus /> Add to list
          </Button>
        }
      />
      <Sheet
        title="Edit contact"
        open={editing}
        onOpenChange={setEditing}
        className="sm:max-w-xl"
        trigger={
          <Button variant="primary">
            <Pencil /> Edit
          </Button>
        }
      >
        <ContactForm
          attributes={attributes}
          values={formValues(contact, attributes)}
          submit="Save contact"
          onSave={store}
          onCancel={() => setEditing(false)}
        />
      </Sheet>
      <EraseDialog contactId={contact.id} open={erasing} onOpenChange={setErasing} />
    </>
  );
}
