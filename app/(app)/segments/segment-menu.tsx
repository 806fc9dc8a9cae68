'use client';

import { Archive, Copy, Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Link } from '@/components/ui/link';
import { MenuFrame, MenuItem, MenuSeparator } from '@/components/ui/menu-frame';
import { toast } from '@/components/ui/toast';
import { archive } from './actions';

export interface SegmentMenuProps {
  segmentId: string;
  name: string;
  /** The button, once the menu has come. */
  trigger: ReactNode;
}

export function SegmentMenu({ segmentId, name, trigger }: SegmentMenuProps) {
  const [asking, setAsking] = useState(false);

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(archive(segmentId));
    if (!result.ok) return result.error.message;
    toast.done(`“${name}” is archived.`);
  }

  return (
    <>
      <MenuFrame trigger={trigger}>
        <MenuItem asChild>
          <Link href={`/segments/${segmentId}/contacts`}>
            <Users /> People in it
          </Link>
        </MenuItem>
        <MenuItem asChild>
          <Link href={`/segments/new?from=${segmentId}`}>
            <Copy /> Make a copy
          </Link>
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Archive />} onSelect={() => setAsking(true)}>
          Archive
        </MenuItem>
      </MenuFrame>
      <Confirm title={`Archive “${name}”?`} action="Archive" open={asking} onOpenChange={setAsking} onConfirm={confirm}>
        <p>It leaves the lists. Campaigns and segments that use it keep working.</p>
      </Confirm>
    </>
  );
}
