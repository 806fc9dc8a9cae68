'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { resetFactor } from './actions';

/** Takes two-factor sign-in off a member who lost their phone and their recovery codes. */
export function ResetButton({ userId, name }: { userId: string; name: string }) {
  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(resetFactor({ userId }));
    if (!result.ok) return result.error.message;
    toast.done(`${name} signs in without a code now, and is told by mail.`);
  }
  return (
    <Confirm
      danger
      title={`Reset two-factor sign-in of ${name}?`}
      action="Reset it"
      onConfirm={confirm}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Reset two-factor sign-in of ${name}`}>
          Reset codes
        </Button>
      }
    >
      <p>
        Do this only when you are sure that it is {name} who asks. They are signed out everywhere, sign in without a
        code until they set it up again, and are told by mail that it was you.
      </p>
    </Confirm>
  );
}
