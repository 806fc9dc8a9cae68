import type { VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonStyle } from './button';
import { cn } from './cn';

type LinkButtonProps = ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>;

/** A link that looks like a button: for going somewhere, never for changing something. */
export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...rest} />;
}

/** A link in running text, or a number that leads to its rows. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        'rounded-xs text-link underline decoration-link/40 underline-offset-[3px] hover:decoration-link',
        className,
      )}
      {...rest}
    />
  );
}
