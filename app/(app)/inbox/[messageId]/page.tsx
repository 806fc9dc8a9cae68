import type { Metadata } from 'next';
import { mailLinks } from '@/components/preview/mail-links';
import { Bubble, Phone } from '@/components/preview/phone';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { countSmsSegments } from '@/lib/domain/sms-segments';
import { AppError } from '@/lib/errors';
import { getCaptured } from '@/lib/features/inbox/get-captured';
import { orNotFound } from '@/lib/http/or-not-found';
import { InboxProblem } from '../inbox-problem';
import { CapturedEmail } from './captured-email';
import { MessageFacts } from './message-facts';

export const metadata: Metadata = { title: 'Message' };

const TRAIL = [{ label: 'Inbox', href: '/inbox' }];
const MOST_SOURCE = 400_000;

interface Props {
  params: Promise<{ messageId: string }>;
}

export default async function CapturedMessagePage({ params }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { messageId } = await params;
  const message = await orNotFound(getCaptured(ctx, messageId)).catch((error: unknown) => {
    if (error instanceof AppError) return error;
    throw error;
  });
  if (message instanceof AppError) {
    return (
      <>
        <PageHeader title="Message" trail={TRAIL} />
        <InboxProblem error={message} maySetUp={may(ctx, 'providers.manage')} />
      </>
    );
  }
  const { channel, from, subject = '', html = null, raw = '', headers = [], attachments = [] } = message;
  const text = message.text ?? '';
  const segments = countSmsSegments(text);
  return (
    <>
      <PageHeader title={channel === 'email' ? subject || '(no subject)' : 'Text message'} trail={TRAIL} />
      <MessageFacts {...message} attachments={attachments} />
      {channel === 'email' ? (
        <CapturedEmail
          subject={subject}
          from={from}
          html={html}
          text={text}
          raw={raw.slice(0, MOST_SOURCE)}
          headers={headers}
          links={html ? mailLinks(html) : []}
        />
      ) : (
        <Phone from={from}>
          <Bubble parts={[text]} />
          <span className="text-ink-faint text-xs">
            {segments.segments === 1 ? 'One part' : `${segments.segments} parts`}, {segments.encoding}
          </span>
        </Phone>
      )}
    </>
  );
}
