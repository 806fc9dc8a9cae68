import type { Metadata } from 'next';
import { Section } from '@/components/ui/section';
import { requireSignedIn } from '@/lib/auth/current';
import { deviceWords } from '@/lib/auth/device-words';
import { listSessions } from '@/lib/auth/list-sessions';
import { EndOthers } from './end-others';
import { SessionTable } from './session-table';

export const metadata: Metadata = { title: 'Sessions' };

const STARTED: Record<string, string> = {
  password: 'Password',
  link: 'Mailed link',
  invitation: 'Invitation',
  demo: 'Demo link',
  setup: 'First account',
};

export default async function SessionsPage() {
  const { sessionId, user } = await requireSignedIn();
  const sessions = await listSessions(user.id);
  return (
    <Section
      title={sessions.length === 1 ? 'Signed in here only' : `${sessions.length} sessions`}
      description="A session ends after 12 hours without use, and after 14 days in any case."
      actions={sessions.length > 1 && <EndOthers count={sessions.length - 1} />}
    >
      <SessionTable
        sessions={sessions.map((session) => ({
          id: session.id,
          device: deviceWords(session.userAgent),
          ip: session.ip ?? 'unknown',
          way: STARTED[session.startedBy ?? ''] ?? 'Unknown',
          startedAt: session.createdAt.toISOString(),
          lastSeenAt: session.lastSeenAt.toISOString(),
          isThis: session.id === sessionId,
        }))}
      />
    </Section>
  );
}
