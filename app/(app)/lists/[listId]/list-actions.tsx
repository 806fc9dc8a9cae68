'use client';

import { Archive, Ellipsis, FileUp, Pencil, UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { LiveData } from '@/components/shell/live-data';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { LinkButton } from '@/components/ui/link-button';
import { toast } from '@/components/ui/toast';
import { archive } from '../actions';
import { ListDialog } from '../list-dialog';
import { AddPeopleDialog } from './add-people-dialog';

interface ListActionsProps {
  list: { id: string; name: string; description: string | null };
}

/** What can be done with a list that is in use. */
export function ListActions({ list }: ListActionsProps) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(archive({ id: list.id }));
    if (!result.ok) return result.error.message;
    toast.done(`“${list.name}” is archived.`);
    router.push('/lists');
  }

  return (
    <>
      <Menu trigger={<IconButton label="More for this list" icon={<Ellipsis />} size="md" variant="secondary" />}>
        <MenuItem danger icon={<Archive />} onSelect={() => setAsking(true)}>
          Archive the list
        </MenuItem>
      </Menu>
      <ListDialog
        list={list}
        trigger={
          <Button>
            <Pencil /> Edit
          </Button>
        }
      />
      <LinkButton href="/contacts/import">
        <FileUp /> Import
      </LinkButton>
      <LiveData>
        <AddPeopleDialog
          listId={list.id}
          trigger={
            <Button variant="primary">
              <UserPlus /> Add people
            </Button>
          }
        />
      </LiveData>
      <Confirm
        danger
        title={`Archive “${list.name}”?`}
        action="Archive"
        open={asking}
        onOpenChange={setAsking}
        onConfirm={confirm}
      >
        <p>
          Nobody can be added to it and no campaign can choose it any more. Who subscribed and who left stays on record.
        </p>
      </Confirm>
    </>
  );
}
