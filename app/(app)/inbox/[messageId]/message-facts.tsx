import { Address } from '@/components/ui/address';
import { Id } from '@/components/ui/code';
import { Facts } from '@/components/ui/facts';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';

interface MessageFactsProps {
  from: string;
  to: string;
  at: string;
  bytes: number;
  messageId: string;
  delivery: { runId: string; contactId: string } | null;
  attachments: { filename?: string | null; mimeType: string; bytes: number }[];
}

/** Who, when, and what this message is in the ledger. */
export function MessageFacts({ from, to, at, bytes, messageId, delivery, attachments }: MessageFactsProps) {
  return (
    <Facts
      className="mb-6"
      facts={[
        { label: 'To', value: <Address value={to} /> },
        { label: 'From', value: <Address value={from} /> },
        { label: 'Received', value: <RelativeTime at={at} show="exact" /> },
        {
          label: 'Size',
          value: <span className="figure">{formatNumber(bytes / 1000, 'en', { maximumFractionDigits: 1 })} kB</span>,
        },
        {
          label: 'Belongs to',
          value: delivery ? (
            <span className="flex flex-wrap gap-x-3">
              <TextLink href={`/contacts/${delivery.contactId}`}>the contact</TextLink>
              <TextLink href={`/runs/${delivery.runId}`}>the run</TextLink>
            </span>
          ) : (
            <span className="text-ink-faint">No campaign: a test or a notice</span>
          ),
          note: <Id value={messageId} of="message id" className="max-w-full [&>span]:truncate" />,
        },
        ...(attachments.length > 0
          ? [
              {
                label: 'Attachments',
                value: attachments.map(({ filename, mimeType }) => filename ?? mimeType).join(', '),
              },
            ]
          : []),
      ]}
    />
  );
}
