import { Send } from 'lucide-react';
import { Address } from '@/components/ui/address';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { SendMeOneButton } from '../providers/send-me-one-button';
import { ArchiveSender } from './archive-sender';
import { SenderButton } from './sender-button';
import type { ProviderChoice, StoredSender } from './sender-dialog';

type SenderRow = StoredSender & { providerName: string };

interface SenderTableProps {
  senders: SenderRow[];
  providers: ProviderChoice[];
  ownEmail: string;
}

export function SenderTable({ senders, providers, ownEmail }: SenderTableProps) {
  return (
    <DataTable
      label="Senders"
      rows={senders}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: 'Sender',
          cell: ({ name, fromName, address }) => (
            <>
              <span className="font-medium">{name}</span>
              <Address
                value={fromName ? `${fromName} <${address}>` : address}
                className="block text-ink-faint text-xs"
              />
            </>
          ),
        },
        { key: 'channel', header: 'Channel', cell: ({ channel }) => (channel === 'email' ? 'Email' : 'SMS') },
        {
          key: 'provider',
          header: 'Provider',
          cell: ({ providerAccountId, providerName }) => (
            <TextLink href={`/settings/providers/${providerAccountId}`}>{providerName}</TextLink>
          ),
        },
        {
          key: 'replies',
          header: 'Replies to',
          cell: ({ replyTo }) => replyTo ?? <span className="text-ink-faint">–</span>,
          from: 'xl',
        },
        {
          key: 'actions',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: (sender) => (
            <span className="flex flex-wrap gap-1 md:justify-end">
              <SendMeOneButton
                sender={sender}
                ownEmail={ownEmail}
                trigger={
                  <Button size="sm" aria-label={`Send me one from ${sender.name}`}>
                    <Send /> Send me one
                  </Button>
                }
              />
              <SenderButton
                stored={sender}
                providers={providers}
                trigger={
                  <Button size="sm" variant="quiet" aria-label={`Edit ${sender.name}`}>
                    Edit
                  </Button>
                }
              />
              <ArchiveSender id={sender.id} name={sender.name} />
            </span>
          ),
        },
      ]}
    />
  );
}
