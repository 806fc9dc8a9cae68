import { FileUp, Pencil, UserPlus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { MoreButton } from '@/components/ui/more-button';
import { ListButton } from '../list-button';
import { AddPeopleButton } from './add-people-button';
import { ListMenuButton } from './list-menu-button';

interface ListActionsProps {
  list: { id: string; name: string; description: string | null };
}

/** What can be done with a list that is in use. */
export function ListActions({ list }: ListActionsProps) {
  return (
    <>
      <ListMenuButton
        list={{ id: list.id, name: list.name }}
        trigger={<MoreButton of="this list" size="md" variant="secondary" />}
      />
      <ListButton
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
      <AddPeopleButton
        listId={list.id}
        trigger={
          <Button variant="primary">
            <UserPlus /> Add people
          </Button>
        }
      />
    </>
  );
}
