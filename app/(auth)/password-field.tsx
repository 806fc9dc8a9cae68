import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface PasswordFieldProps {
  /** Whose, for password managers. */
  email: string;
  error: string | undefined;
  autoFocus?: boolean;
}

/** The password one has, asked for again. Named `password` in its form. */
export function PasswordField({ email, error, autoFocus }: PasswordFieldProps) {
  return (
    <>
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your password" error={error} required>
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            maxLength={1000}
            autoFocus={autoFocus}
            className="h-10"
          />
        )}
      </Field>
    </>
  );
}
