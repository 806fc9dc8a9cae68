'use client';

import { Archive, Copy, Ellipsis, Users } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { archive } from './actions';

export function SegmentMenu({ segmentId, name }: { segmentId: string; name: string }) {
  const [asking, setAsking] = useState(false);

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(archive(segmentId));
    if (!result.ok) return result.error.message;
    toast.done(`“${name}” is archived.`);
  }

  return (
    <span className="relative z-10">
      <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
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
      </Menu>
      <Confirm title={`Archive “${name}”?`} action="Archive" open={asking} onOpenChange={setAsking} onConfirm={confirm}>
        <p>It leaves the lists. Campaigns and segments that use it keep working.</p>
      </Confirm>
    </span>
  );
}
