'use client';

import { useRouter } from 'next/navigation';
import { CodeField } from '@/app/(auth)/code-field';
import { renewCodes } from '@/app/(auth)/two-factor/actions';
import { RecoveryCodes } from '@/app/(auth)/two-factor/recovery-codes';
import { AnswerDialog } from '@/components/ui/answer-dialog';

interface RenewCodesDialogProps {
  email: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for a code, then shows the new ones, once. */
export function RenewCodesDialog({ email, open, onOpenChange }: RenewCodesDialogProps) {
  const router = useRouter();

  function change(next: boolean) {
    onOpenChange(next);
    if (!next) router.refresh();
  }

  return (
    <AnswerDialog
      title="Make new recovery codes?"
      submit="Make new ones"
      open={open}
      onOpenChange={change}
      send={(data) => renewCodes({ code: String(data.get('code') ?? '') })}
      onDone={({ recoveryCodes }) => ({
        title: 'Your new recovery codes',
        content: (
          <>
            <p className="text-ink-soft">The earlier ones do not work any more. These are not shown again.</p>
            <RecoveryCodes codes={recoveryCodes} email={email} />
          </>
        ),
      })}
    >
      {(issue) => (
        <>
          <p className="text-ink-soft">You get ten new ones, and the earlier ones stop working.</p>
          <CodeField error={issue('code')} />
        </>
      )}
    </AnswerDialog>
  );
}
