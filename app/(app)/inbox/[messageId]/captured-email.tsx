'use client';

import type { MailLink } from '@/components/preview/mail-links';
import { MessageView } from '@/components/preview/message-view';
import { withoutPixels } from '@/components/preview/sealed-html';
import { SourceView } from '@/components/preview/source-view';
import { Tabs } from '@/components/ui/tabs';

interface CapturedEmailProps {
  subject: string;
  from: string;
  html: string | null;
  text: string;
  raw: string;
  headers: { key: string; value: string }[];
  links: MailLink[];
}

const HEIGHT_PX = 720;

/** A captured email as its customer would see it, and everything it is made of. */
export function CapturedEmail({ subject, from, html, text, raw, headers, links }: CapturedEmailProps) {
  return (
    <Tabs
      label="Parts of the message"
      tabs={[
        {
          value: 'message',
          label: 'Message',
          content: (
            <MessageView
              subject={subject}
              from={from}
              html={html === null ? null : withoutPixels(html)}
              text={text}
              source={raw}
              heightPx={HEIGHT_PX}
              aside={
                <span className="text-ink-faint text-xs">
                  Opening it here is not counted; links in it lead nowhere.
                </span>
              }
            />
          ),
        },
        { value: 'links', label: 'Links', count: links.length, content: <Links links={links} /> },
        {
          value: 'headers',
          label: 'Headers',
          count: headers.length,
          content: (
            <div className="overflow-hidden rounded-md border border-rule-strong">
              <SourceView
                label="headers"
                text={headers.map(({ key, value }) => `${key}: ${value}`).join('\n')}
                heightPx={420}
                wrap
              />
            </div>
          ),
        },
      ]}
    />
  );
}

function Links({ links }: { links: MailLink[] }) {
  if (links.length === 0) return <p className="text-ink-soft">This message has no links.</p>;
  return (
    <>
      <p className="pb-3 text-ink-soft">
        Following one is what the customer would do: tracked links count as a click, and unsubscribe links work.
      </p>
      <ol className="divide-y divide-rule border-rule border-y">
        {links.map(({ href, label }) => (
          <li key={href} className="py-2.5">
            <a
              href={href}
              target="_blank"
              rel="noopener noreferrer"
              className="rounded-xs font-medium text-link underline-offset-4 hover:underline"
            >
              {label}
            </a>
            <span className="block font-mono text-ink-faint text-xs [overflow-wrap:anywhere]">{href}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
