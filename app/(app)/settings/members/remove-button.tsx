'use client';

import { useRouter } from 'next/navigation';
import { Confirm } from '@/components/ui/alert-dialog';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { remove } from './actions';

interface RemoveButtonProps {
  userId: string;
  name: string;
  isOneself: boolean;
}

export function RemoveButton({ userId, name, isOneself }: RemoveButtonProps) {
  const router = useRouter();

  async function confirm(): Promise<string | undefined> {
    const result = await answerOf(remove({ userId }));
    if (!result.ok) return result.error.message;
    if (isOneself) router.push('/');
    else toast.done(`${name} is not a member any more.`);
  }
  return (
    <Confirm
      danger
      title={isOneself ? 'Leave this workspace?' : `Remove ${name}?`}
      action={isOneself ? 'Leave' : `Remove ${name}`}
      onConfirm={confirm}
      trigger={
        <Button size="sm" variant="quiet" aria-label={isOneself ? 'Leave the workspace' : `Remove ${name}`}>
          {isOneself ? 'Leave' : 'Remove'}
        </Button>
      }
    >
      <p>
        {isOneself ? 'You see nothing of it' : 'They see nothing of this workspace'} from the next click on. Campaigns
        and runs go on, and the audit log keeps what {isOneself ? 'you' : 'they'} did.
      </p>
    </Confirm>
  );
}
