'use client';

import { Archive, ArchiveRestore, Copy, Ellipsis, Send } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { toast } from '@/components/ui/toast';
import { archive, duplicate, restore } from './actions';

interface CampaignMenuProps {
  campaignId: string;
  name: string;
  isArchived: boolean;
}

/** What can be done with a campaign besides opening it. */
export function CampaignMenu({ campaignId, name, isArchived }: CampaignMenuProps) {
  const router = useRouter();
  const [asking, setAsking] = useState(false);

  async function copy() {
    const result = await answerOf(duplicate({ campaignId }));
    if (!result.ok) return toast.failed('It was not duplicated.', { description: result.error.message });
    router.push(`/campaigns/${result.data.id}`);
  }

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(archive({ campaignId }));
    if (!result.ok) return result.error.message;
    toast.done(`“${name}” is archived.`, { action: { label: 'Undo', onClick: bringBack } });
    router.refresh();
  }

  async function bringBack() {
    const result = await answerOf(restore({ campaignId }));
    if (!result.ok) return toast.failed('It was not restored.', { description: result.error.message });
    toast.done(`“${name}” is back.`);
    router.refresh();
  }

  return (
    <span className="relative z-10">
      <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<Copy />} onSelect={copy}>
          Duplicate
        </MenuItem>
        <MenuItem asChild>
          <Link href={`/runs?campaignId=${campaignId}`}>
            <Send /> Its runs
          </Link>
        </MenuItem>
        <MenuSeparator />
        {isArchived ? (
          <MenuItem icon={<ArchiveRestore />} onSelect={bringBack}>
            Restore
          </MenuItem>
        ) : (
          <MenuItem icon={<Archive />} onSelect={() => setAsking(true)}>
            Archive
          </MenuItem>
        )}
      </Menu>
      <Confirm title={`Archive “${name}”?`} action="Archive" open={asking} onOpenChange={setAsking} onConfirm={confirm}>
        <p>It leaves the list and cannot be launched. Its runs and reports stay, and it can be restored at any time.</p>
      </Confirm>
    </span>
  );
}
