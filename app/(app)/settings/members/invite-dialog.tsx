'use client';

import { AnswerDialog } from '@/components/ui/answer-dialog';
import { CodeBlock } from '@/components/ui/code';
import { Field, Fieldset } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioGroup } from '@/components/ui/radio-group';
import { toast } from '@/components/ui/toast';
import type { Role } from '@/lib/domain/role';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { invite } from './actions';

interface InviteDialogProps {
  roles: Role[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Asks for address and role; if the mail cannot be sent, shows the link instead, once. */
export function InviteDialog({ roles, open, onOpenChange }: InviteDialogProps) {
  function send(data: FormData) {
    const role = roles.find((each) => each === data.get('role')) ?? 'viewer';
    return invite({ email: String(data.get('email') ?? ''), role });
  }

  return (
    <AnswerDialog
      title="Invite a colleague"
      submit="Send invitation"
      open={open}
      onOpenChange={onOpenChange}
      send={send}
      onDone={({ email, link }) => {
        if (!link) {
          toast.done(`An invitation is on its way to ${email}.`);
          return undefined;
        }
        return {
          title: 'Invited, but not mailed',
          content: (
            <>
              <p className="text-ink-soft">
                The mail server did not take the message. Hand this link to {email} yourself; it works once, for 7 days,
                and is not shown again.
              </p>
              <CodeBlock code={link} of="the link" />
            </>
          ),
        };
      }}
    >
      {(issue) => (
        <>
          <Field label="Email" error={issue('email')} required>
            {(control) => <Input {...control} name="email" type="email" autoComplete="off" inputMode="email" />}
          </Field>
          <Fieldset legend="Role">
            <RadioGroup
              name="role"
              look="ruled"
              aria-label="Role"
              defaultValue="marketer"
              options={roles.map((role) => ({
                value: role,
                label: ROLE_WORDS[role].label,
                hint: ROLE_WORDS[role].can,
              }))}
            />
          </Fieldset>
        </>
      )}
    </AnswerDialog>
  );
}
