import { Mail, MessageSquareText } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';

interface MessageListRow {
  id: string;
  channel: 'email' | 'sms';
  from: string;
  to: string;
  subject?: string;
  text?: string;
  at: string;
}

/** The captured messages as a mailbox lists them. */
export function MessageList({ messages }: { messages: MessageListRow[] }) {
  return (
    <ol aria-label="Captured messages" className="divide-y divide-rule border-rule-strong border-y">
      {messages.map(({ id, channel, from, to, subject, text, at }) => {
        const Icon = channel === 'email' ? Mail : MessageSquareText;
        const title = (channel === 'email' ? subject : text)?.trim() || '(nothing)';
        return (
          <li
            key={id}
            className="relative grid grid-cols-[1.25rem_minmax(0,1fr)_auto] items-baseline gap-x-3 px-2 py-2.5 transition-colors focus-within:bg-well hover:bg-well md:grid-cols-[1.25rem_16rem_minmax(0,1fr)_auto]"
          >
            <Icon className="size-4 translate-y-0.5 text-ink-faint" aria-hidden="true" />
            <span className="min-w-0 truncate text-ink-soft max-md:order-3 max-md:col-span-2 max-md:col-start-2 max-md:text-xs">
              <span className="sr-only">To </span>
              {to}
              <span className="text-ink-faint text-xs md:block">
                <span className="md:hidden"> · </span>
                {from}
              </span>
            </span>
            <Link
              href={`/inbox/${id}`}
              data-row-link=""
              className="truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link focus-visible:after:-outline-offset-2"
            >
              <span className="sr-only">{channel === 'email' ? 'Email: ' : 'Text message: '}</span>
              {title}
            </Link>
            <RelativeTime at={at} className="relative z-10 text-ink-faint text-xs" />
          </li>
        );
      })}
    </ol>
  );
}
