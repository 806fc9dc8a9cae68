'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { removeWebhook, replay, switchWebhook } from '../actions';

const WEEK_MS = 7 * 24 * 3_600_000;

export function WebhookActions({ id, enabled, host }: { id: string; enabled: boolean; host: string }) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();

  function toggle() {
    startTransition(async () => {
      const result = await answerOf(switchWebhook({ id, enabled: !enabled }));
      if (result.ok) toast.done(enabled ? 'It is off: nothing is sent there.' : 'It is on again.');
      else toast.failed('Nothing was changed.', { description: result.error.message });
    });
  }

  function again() {
    startTransition(async () => {
      const result = await answerOf(
        replay({ webhookId: id, failedSince: new Date(Date.now() - WEEK_MS).toISOString() }),
      );
      if (!result.ok) toast.failed('Nothing was sent again.', { description: result.error.message });
      else toast.done(result.data.queued === 0 ? 'Nothing failed in a week.' : `${result.data.queued} go out again.`);
    });
  }

  async function remove(): Promise<string | undefined> {
    const result = await answerOf(removeWebhook({ id }));
    if (!result.ok) return result.error.message;
    router.push('/settings/webhooks');
  }

  return (
    <>
      <Confirm
        danger
        title={`Remove the webhook to ${host}?`}
        action="Remove"
        onConfirm={remove}
        trigger={<Button variant="dangerQuiet">Remove</Button>}
      >
        <p>Nothing is sent there any more, and its log goes with it. The change feed keeps every event.</p>
      </Confirm>
      {enabled && (
        <Button pending={pending} onClick={again}>
          Send a week’s failures again
        </Button>
      )}
      <Button variant={enabled ? 'secondary' : 'primary'} pending={pending} onClick={toggle}>
        {enabled ? 'Switch off' : 'Switch on'}
      </Button>
    </>
  );
}
