'use client';

import { Archive, ArchiveRestore, Copy, EllipsisVertical } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { archive, duplicate, unarchive } from './actions';

interface TemplateMenuProps {
  id: string;
  name: string;
  isArchived: boolean;
  /** Where to be afterwards: the list, when this is the page of the template itself. */
  leaveTo?: string;
}

export function TemplateMenu({ id, name, isArchived, leaveTo }: TemplateMenuProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function run<T>(act: (id: string) => Promise<ActionResult<T>>, done: (data: T) => void) {
    startTransition(async () => {
      const result = await answerOf(act(id));
      if (result.ok) done(result.data);
      else toast.failed(result.error.message);
    });
  }

  function putAway() {
    run(archive, () => {
      toast.done(`“${name}” is archived. Launched campaigns keep their copy.`, {
        action: { label: 'Undo', onClick: bringBack },
      });
      if (leaveTo) router.push(leaveTo);
    });
  }

  function bringBack() {
    run(unarchive, () => toast.done(`“${name}” can be used again.`));
  }

  return (
    <Menu
      trigger={
        <IconButton
          label={`More for ${name}`}
          icon={<EllipsisVertical />}
          pending={pending}
          className="relative z-10"
        />
      }
    >
      <MenuItem icon={<Copy />} onSelect={() => run(duplicate, (copy) => router.push(`/templates/${copy.id}`))}>
        Duplicate
      </MenuItem>
      <MenuSeparator />
      {isArchived ? (
        <MenuItem icon={<ArchiveRestore />} onSelect={bringBack}>
          Take out of the archive
        </MenuItem>
      ) : (
        <MenuItem icon={<Archive />} onSelect={putAway}>
          Archive
        </MenuItem>
      )}
    </Menu>
  );
}
