'use client';

import { Archive, ArchiveRestore, Copy, Send } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Link } from '@/components/ui/link';
import { MenuFrame, MenuItem, MenuSeparator } from '@/components/ui/menu-frame';
import { toast } from '@/components/ui/toast';
import { archive, duplicate, restore } from './actions';

export interface CampaignMenuProps {
  campaignId: string;
  name: string;
  isArchived: boolean;
  /** The button, once the menu has come. */
  trigger: ReactNode;
}

/** What can be done with a campaign besides opening it. */
export function CampaignMenu({ campaignId, name, isArchived, trigger }: CampaignMenuProps) {
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
    <>
      <MenuFrame trigger={trigger}>
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
      </MenuFrame>
      <Confirm title={`Archive “${name}”?`} action="Archive" open={asking} onOpenChange={setAsking} onConfirm={confirm}>
        <p>It leaves the list and cannot be launched. Its runs and reports stay, and it can be restored at any time.</p>
      </Confirm>
    </>
  );
}
