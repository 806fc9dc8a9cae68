import {
  Ban,
  CircleAlert,
  CircleHelp,
  CircleMinus,
  Hand,
  type LucideIcon,
  Mail,
  MessageSquareText,
  NotebookPen,
  Repeat2,
} from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import type { HistoryLine, MessageLine } from '@/lib/domain/service-history';
import { historySentence } from '@/lib/domain/service-words';
import { Sentence } from './sentence';

interface Mark {
  icon: LucideIcon;
  tone: string;
}

function messageMark({ state, channel, bouncedAt, complainedAt }: MessageLine): Mark {
  if (state === 'failed' || bouncedAt || complainedAt) return { icon: CircleAlert, tone: 'text-failed-ink' };
  if (state === 'in_doubt' || state === 'superseded') return { icon: CircleHelp, tone: 'text-doubt-ink' };
  if (state !== 'accepted') return { icon: CircleMinus, tone: 'text-skipped-ink' };
  return { icon: channel === 'sms' ? MessageSquareText : Mail, tone: 'text-accepted-ink' };
}

const MARKS: Record<Exclude<HistoryLine['kind'], 'message'>, Mark> = {
  left_out: { icon: CircleMinus, tone: 'text-skipped-ink' },
  cancelled: { icon: Ban, tone: 'text-skipped-ink' },
  wish: { icon: Hand, tone: 'text-waiting-ink' },
  note: { icon: NotebookPen, tone: 'text-ink-soft' },
  act: { icon: Repeat2, tone: 'text-waiting-ink' },
};

/** Whether anything was made that can be opened. */
function canOpen({ state }: MessageLine): boolean {
  return state === 'accepted' || state === 'in_doubt' || state === 'superseded' || state === 'failed';
}

function Answer({ line }: { line: MessageLine }) {
  const text = line.error?.text;
  if (!text) return null;
  return <p className="mt-1 text-ink-faint text-xs [overflow-wrap:anywhere]">The provider’s answer: {text}</p>;
}

/** What happened, newest first, one sentence a line. */
export function HistoryList({ lines }: { lines: HistoryLine[] }) {
  return (
    <ol className="border-ink border-t">
      {lines.map((line) => {
        const { icon: Icon, tone } = line.kind === 'message' ? messageMark(line) : MARKS[line.kind];
        return (
          <li key={`${line.kind}/${line.id}`} className="flex gap-3 border-rule border-b py-3">
            <Icon className={cn('mt-0.5 size-4 shrink-0', tone)} aria-hidden="true" />
            <div className="min-w-0 grow sm:flex sm:gap-6">
              <div className="min-w-0 grow">
                <p className="whitespace-pre-line [overflow-wrap:anywhere]">
                  <Sentence parts={historySentence(line)} />
                </p>
                {line.kind === 'message' && <Answer line={line} />}
              </div>
              <p className="flex shrink-0 gap-4 text-ink-faint text-sm max-sm:mt-1 sm:justify-end">
                {line.kind === 'message' && canOpen(line) && (
                  <TextLink
                    href={`/service/messages/${line.deliveryId}`}
                    aria-label={`Open the ${line.channel === 'sms' ? 'SMS' : 'email'} ${line.campaign}`}
                  >
                    Open
                  </TextLink>
                )}
                <RelativeTime at={line.at} className="sm:w-28 sm:text-right" />
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
