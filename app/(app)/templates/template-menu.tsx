'use client';

import { Archive, ArchiveRestore, Copy } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { MenuFrame, MenuItem, MenuSeparator } from '@/components/ui/menu-frame';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/http/action';
import { archive, duplicate, unarchive } from './actions';

export interface TemplateMenuProps {
  id: string;
  name: string;
  isArchived: boolean;
  /** The button, once the menu has come. */
  trigger: ReactNode;
  /** Where to be afterwards: the list, when this is the page of the template itself. */
  leaveTo?: string;
}

export function TemplateMenu({ id, name, isArchived, leaveTo, trigger }: TemplateMenuProps) {
  const router = useRouter();
  const [, startTransition] = useTransition();

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
    <MenuFrame trigger={trigger}>
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
    </MenuFrame>
  );
}
