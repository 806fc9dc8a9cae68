'use client';

import { Archive } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { MenuFrame, MenuItem } from '@/components/ui/menu-frame';
import { toast } from '@/components/ui/toast';
import { archive } from '../actions';

interface ListMenuProps {
  list: { id: string; name: string };
  trigger: ReactNode;
}

/** What else can be done with a list. */
export function ListMenu({ list, trigger }: ListMenuProps) {
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
      <MenuFrame trigger={trigger}>
        <MenuItem danger icon={<Archive />} onSelect={() => setAsking(true)}>
          Archive the list
        </MenuItem>
      </MenuFrame>
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
