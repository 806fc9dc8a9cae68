import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';

export const buttonStyle = cva(
  "inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium text-sm transition-colors disabled:cursor-not-allowed disabled:not-aria-busy:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:not-aria-busy:opacity-50 [&_svg:not([class*='size-'])]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: 'border-ink bg-ink text-paper hover:bg-ink-soft hover:border-ink-soft',
        secondary: 'border-rule-strong bg-sheet text-ink hover:border-field hover:bg-well',
        quiet: 'border-transparent bg-transparent text-ink-soft hover:bg-well hover:text-ink',
        danger: 'border-failed-ink bg-failed-ink text-paper hover:opacity-90 dark:border-failed dark:bg-failed',
        dangerQuiet: 'border-rule-strong bg-sheet text-failed-ink hover:border-failed-ink hover:bg-failed-wash',
      },
      size: {
        sm: 'h-8 px-3',
        md: 'h-9 px-4',
        lg: 'h-10 px-5',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Shows a spinner and ignores clicks; the label stays, so nothing moves. */
  pending?: boolean;
}

export function Button({ variant, size, pending = false, className, children, type, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      className={cn(buttonStyle({ variant, size }), pending && 'relative', className)}
      disabled={disabled || pending}
      aria-busy={pending || undefined}
      {...rest}
    >
      {pending ? (
        <>
          <span className="absolute inset-0 grid place-items-center">
            <LoaderCircle className="animate-spin" />
          </span>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
