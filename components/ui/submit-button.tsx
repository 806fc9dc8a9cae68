'use client';

import { useContext } from 'react';
import { useFormStatus } from 'react-dom';
import { Button, type ButtonProps } from './button';
import { FormPending } from './form-pending';

/** The button of a form: pending while its form's action runs. */
export function SubmitButton({ pending, variant = 'primary', ...rest }: Omit<ButtonProps, 'type'>) {
  const status = useFormStatus();
  const sending = useContext(FormPending);
  return <Button {...rest} type="submit" variant={variant} pending={pending || sending || status.pending} />;
}
