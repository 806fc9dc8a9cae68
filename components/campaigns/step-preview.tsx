'use client';

import { useQuery } from '@tanstack/react-query';
import { MailFrame } from '@/components/preview/mail-frame';
import { failureOf } from '@/components/shell/failure-of';
import { readJson } from '@/components/shell/read-json';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';

type StepPreview =
  | { kind: 'email'; from: string; subject: string; html: string; text: string }
  | { kind: 'sms'; from: string; text: string; segments: number; encoding: string }
  | { kind: 'problem'; message: string };

interface StepPreviewViewProps {
  campaignId: string;
  stepId: string;
  contactId: string | null;
  /** The worst case whose made-up name stands over the contact's values. */
  madeUp?: string | null;
  heightPx?: number;
}

const MAIL_PX = 640;

/** One step's message for one person: the saved draft, rendered by what renders the real one. */
export function StepPreviewView({ campaignId, stepId, contactId, madeUp, heightPx = 420 }: StepPreviewViewProps) {
  const query = new URLSearchParams({
    stepId,
    ...(contactId && { contactId }),
    ...(madeUp && { madeUp }),
  });
  const answer = useQuery({
    queryKey: ['step-preview', campaignId, query.toString()],
    queryFn: ({ signal }) => readJson<StepPreview>(`/api/v1/campaigns/${campaignId}/preview?${query}`, { signal }),
    placeholderData: (before) => before,
  });
  const { data, isFetching } = answer;
  const error = failureOf(answer);
  if (error) {
    return (
      <Notice tone="failed" title="It could not be shown" live>
        {error.message}
      </Notice>
    );
  }
  if (!data) return <Skeleton className="w-full" />;
  if (data.kind === 'problem') {
    return (
      <Notice tone="failed" title="This person could not be sent it" live>
        {data.message}
      </Notice>
    );
  }
  const head =
    data.kind === 'email'
      ? data.subject
      : `${data.segments} ${data.segments === 1 ? 'part' : 'parts'}, ${data.encoding}`;
  return (
    <figure className={cn('flex min-w-0 flex-col transition-opacity', isFetching && 'opacity-60')}>
      <figcaption className="border border-rule-strong border-b-0 bg-sheet px-4 py-3">
        <span className="block truncate text-ink-faint text-xs" dir="auto">
          {data.from}
        </span>
        <span className="block font-medium [overflow-wrap:anywhere]" dir="auto">
          {head}
        </span>
      </figcaption>
      {data.kind === 'email' ? (
        <MailFrame
          title={`Email: ${data.subject}`}
          html={data.html}
          widthPx={MAIL_PX}
          heightPx={heightPx}
          className="border border-rule-strong"
        />
      ) : (
        <div className="border border-rule-strong bg-well p-4">
          <p
            dir="auto"
            className="w-fit max-w-[28rem] whitespace-pre-wrap rounded-lg border border-rule-strong bg-sheet px-4 py-3 [overflow-wrap:anywhere]"
          >
            {data.text}
          </p>
        </div>
      )}
    </figure>
  );
}
