'use client';

import { useRouter } from 'next/navigation';
import { CodeField } from '@/app/(auth)/code-field';
import { PasswordField } from '@/app/(auth)/password-field';
import { turnOff } from '@/app/(auth)/two-factor/actions';
import { AnswerDialog } from '@/components/ui/answer-dialog';
import { toast } from '@/components/ui/toast';

interface TurnOffDialogProps {
  email: string;
  hasPassword: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for both proofs. */
export function TurnOffDialog({ email, hasPassword, open, onOpenChange }: TurnOffDialogProps) {
  const router = useRouter();
  return (
    <AnswerDialog
      title="Turn two-factor sign-in off?"
      submit="Turn it off"
      danger
      open={open}
      onOpenChange={onOpenChange}
      send={(data) => turnOff({ code: String(data.get('code') ?? ''), password: String(data.get('password') ?? '') })}
      onDone={() => {
        toast.done('Two-factor sign-in is off.');
        router.refresh();
        return undefined;
      }}
    >
      {(issue) => (
        <>
          <p className="text-ink-soft">
            A password or a mailed link is then enough to sign in. You are signed out everywhere else.
          </p>
          {hasPassword && <PasswordField email={email} error={issue('password')} />}
          <CodeField error={issue('code')} />
        </>
      )}
    </AnswerDialog>
  );
}
