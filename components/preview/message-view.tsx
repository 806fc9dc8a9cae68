'use client';

import { Code2, Monitor, Moon, Smartphone, Text } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Segmented } from '@/components/ui/segmented';
import { LiveMailFrame } from './live-mail-frame';
import { MailFrame } from './mail-frame';
import { byteSize, readableSource } from './sealed-html';
import { SourceView } from './source-view';

export type MessageViewKind = 'desktop' | 'mobile' | 'dark' | 'text' | 'source';

interface MessageViewProps {
  subject: string;
  /** What a list of messages shows after the subject. */
  preheader?: string;
  from?: string;
  html: string | null;
  text: string;
  /** Instead of the HTML: the message as it went over the wire. */
  source?: string;
  heightPx: number;
  /** At the right of the switch. */
  aside?: ReactNode;
  /** Written by our own renderer and changing while it is looked at. */
  isLive?: boolean;
}

const DESKTOP_PX = 680;
const MOBILE_PX = 375;
/** Gmail shows no more of a message and puts a link there instead. */
const CLIPPED_AT_BYTES = 102_000;

/** One email in the ways people come to see it. */
export function MessageView(props: MessageViewProps) {
  const { subject, preheader, from, html, aside } = props;
  const [kind, setKind] = useState<MessageViewKind>(html === null ? 'text' : 'desktop');
  const bytes = html === null ? 0 : byteSize(html);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Segmented<MessageViewKind>
          label="Seen as"
          value={kind}
          onChange={setKind}
          options={[
            ...(html === null
              ? []
              : [
                  { value: 'desktop' as const, name: 'Desktop', label: <Monitor /> },
                  { value: 'mobile' as const, name: 'Phone', label: <Smartphone /> },
                  { value: 'dark' as const, name: 'Dark', label: <Moon /> },
                ]),
            { value: 'text', name: 'Plain text', label: <Text /> },
            { value: 'source', name: 'Source', label: <Code2 /> },
          ]}
        />
        {aside}
      </div>
      <div className="overflow-hidden rounded-md border border-rule-strong">
        <div className="flex min-w-0 flex-col gap-0.5 border-rule border-b bg-sheet px-4 py-3">
          {from && <p className="truncate text-ink-soft text-xs">{from}</p>}
          <p className="truncate font-medium">{subject || ' '}</p>
          {preheader && <p className="truncate text-ink-faint text-xs">{preheader}</p>}
        </div>
        <Pane {...props} kind={kind} />
      </div>
      {html !== null && (
        <p className="text-ink-faint text-xs">
          <span className="figure">{(bytes / 1000).toFixed(1)} kB</span> of HTML.{' '}
          {bytes > CLIPPED_AT_BYTES ? (
            <span className="text-attention-ink">Gmail cuts it off at 102 kB: the footer would be hidden.</span>
          ) : (
            'Gmail shows up to 102 kB.'
          )}
        </p>
      )}
    </div>
  );
}

function Pane(props: MessageViewProps & { kind: MessageViewKind }) {
  const { kind, subject, html, text, source, heightPx, isLive = false } = props;
  const Frame = isLive ? LiveMailFrame : MailFrame;
  if (kind === 'source') {
    const shown = source ?? (html === null ? text : readableSource(html));
    return <SourceView label="source" text={shown} heightPx={heightPx} wrap />;
  }
  if (kind === 'text' || html === null) return <SourceView label="plain text" text={text} heightPx={heightPx} wrap />;
  if (kind === 'mobile') {
    return (
      <div className="flex justify-center bg-well py-4">
        <div className="w-full max-w-[375px] overflow-hidden rounded-lg border border-rule-strong">
          <Frame title={`${subject}, on a phone`} html={html} widthPx={MOBILE_PX} heightPx={heightPx - 32} />
        </div>
      </div>
    );
  }
  return (
    <Frame
      title={kind === 'dark' ? `${subject}, in the dark scheme` : subject}
      html={html}
      scheme={kind === 'dark' ? 'dark' : 'light'}
      widthPx={DESKTOP_PX}
      fills
      heightPx={heightPx}
      className={kind === 'dark' ? 'bg-[#10151c]' : undefined}
    />
  );
}
