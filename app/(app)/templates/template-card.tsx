import { Mail, MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import { Thumbnail } from '@/components/preview/thumbnail';
import { SummaryFace } from '@/components/templates/summary-face';
import type { TagChoice } from '@/components/templates/tag-choice';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';

interface TemplateCardProps {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  summary: string;
  revision: number;
  updatedAt: string;
  fields: readonly TagChoice[];
  menu: ReactNode;
}

/** One template as a sheet with its own picture; the whole card leads to it. */
export function TemplateCard({ id, channel, name, summary, revision, updatedAt, fields, menu }: TemplateCardProps) {
  const Icon = channel === 'email' ? Mail : MessageSquareText;
  return (
    <li className="group/card relative flex min-w-0 flex-col overflow-hidden rounded-lg border border-rule-strong bg-sheet transition-colors focus-within:border-link hover:border-field">
      {channel === 'email' ? (
        <Thumbnail
          src={`/api/v1/templates/${id}/document?revision=${revision}&v=${revision}`}
          className="aspect-[4/3] border-rule border-b"
        />
      ) : (
        <span aria-hidden="true" className="flex aspect-[4/3] items-start border-rule border-b bg-well p-6">
          <span className="line-clamp-6 max-w-full rounded-lg rounded-bl-xs bg-sheet px-3 py-2 text-sm [overflow-wrap:anywhere]">
            <SummaryFace text={summary} fields={fields} />
          </span>
        </span>
      )}
      <div className="flex items-start gap-2 p-4">
        <Icon className="mt-0.5 size-4 shrink-0 text-ink-faint" aria-hidden="true" />
        <span className="min-w-0 grow">
          <Link
            href={`/templates/${id}`}
            className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-link focus-visible:after:-outline-offset-2"
          >
            <span className="sr-only">{channel === 'email' ? 'Email: ' : 'Text message: '}</span>
            {name}
          </Link>
          <span className="block truncate text-ink-soft text-xs">
            <SummaryFace text={summary} fields={fields} />
          </span>
          <span className="relative z-10 text-ink-faint text-xs">
            <RelativeTime at={updatedAt} />
          </span>
        </span>
        {menu}
      </div>
    </li>
  );
}
