'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { endOthers } from './actions';

export function EndOthers({ count }: { count: number }) {
  const what = count === 1 ? 'the other session' : `${count} other sessions`;
  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(endOthers(null));
    if (!result.ok) return result.error.message;
    toast.done('You are signed in here only.');
  }
  return (
    <Confirm
      danger
      title={`End ${what}?`}
      action={`End ${what}`}
      onConfirm={confirm}
      trigger={<Button>{`End ${what}`}</Button>}
    >
      <p>They are signed out with their next click. This one stays.</p>
    </Confirm>
  );
}
